/**
 * Draws banners and pop-ups, as text like `crm.js`. A pop-up is the browser's own modal dialog:
 * focus stays inside and goes back where it was, Esc closes. A banner takes no focus. Texts are
 * set as text, so nothing an editor or a name brings becomes markup. What was shown in this visit
 * is kept in the tab's session storage: it only honours the closing and is gone with the tab.
 *
 * A site with a bar of its own at the foot sets the CSS property `--crm-onsite-bottom` to the room
 * that bar takes.
 */
export const onsiteScript = `(function () {
  'use strict';
  var KEY = 'crm_onsite';
  var messages = window.crmOnsite || [];

  function memory() {
    try {
      return JSON.parse(sessionStorage.getItem(KEY)) || {};
    } catch (broken) {
      return {};
    }
  }

  function remember(id, change) {
    var all = memory();
    var own = all[id] || { shown: 0, over: false };
    if (change === 'shown') own.shown += 1;
    else own.over = true;
    all[id] = own;
    try {
      sessionStorage.setItem(KEY, JSON.stringify(all));
    } catch (full) {
      // A browser that keeps nothing asks again on the next page.
    }
  }

  function tell(id, type) {
    remember(id, type);
    fetch('/api/crm/onsite/events', {
      method: 'POST',
      body: JSON.stringify({ message: id, type: type }),
      headers: { 'Content-Type': 'application/json' },
      credentials: 'same-origin',
      keepalive: true
    }).catch(function () {});
  }

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function style() {
    if (document.getElementById('crm-onsite-style')) return;
    var sheet = element('style');
    sheet.id = 'crm-onsite-style';
    sheet.textContent =
      '.crm-onsite{box-sizing:border-box;font:inherit;color:#17171a;background:#fff;border:0;line-height:1.6;word-break:auto-phrase}' +
      '.crm-onsite *{box-sizing:border-box}' +
      '.crm-onsite h2{margin:0;font-size:1.125rem;line-height:1.4}' +
      '.crm-onsite p{margin:.5rem 0 0;white-space:pre-line}' +
      '.crm-onsite-row{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1rem}' +
      '.crm-onsite a,.crm-onsite button{font:inherit;min-height:44px;padding:.5rem 1.25rem;border-radius:4px;cursor:pointer}' +
      '.crm-onsite a{display:inline-flex;align-items:center;background:#17171a;color:#fff;text-decoration:none}' +
      '.crm-onsite button{background:#fff;color:#17171a;border:1px solid #8a8780}' +
      '.crm-onsite-popup{width:min(28rem,calc(100vw - 2rem));padding:1.5rem;border-radius:8px;box-shadow:0 8px 40px rgba(0,0,0,.3)}' +
      '.crm-onsite-popup::backdrop{background:rgba(0,0,0,.5)}' +
      '.crm-onsite-banner{position:fixed;left:0;right:0;z-index:4;padding:1rem max(1rem,calc(50vw - 36rem));box-shadow:0 0 24px rgba(0,0,0,.2);max-height:60vh;overflow:auto}' +
      '.crm-onsite-top{top:0}' +
      '.crm-onsite-bottom{bottom:var(--crm-onsite-bottom,0)}';
    document.head.appendChild(sheet);
  }

  function draw(message) {
    var popup = message.kind === 'popup';
    var box = element(popup ? 'dialog' : 'section', 'crm-onsite crm-onsite-' + message.kind +
      (popup ? '' : ' crm-onsite-' + message.place));
    var heading = element('h2', '', message.heading);
    heading.id = 'crm-onsite-' + message.id;
    box.setAttribute('aria-labelledby', heading.id);
    box.dataset.message = message.id;
    box.appendChild(heading);
    if (message.text) box.appendChild(element('p', '', message.text));
    var row = element('div', 'crm-onsite-row');
    if (message.button) {
      var link = element('a', '', message.button.label);
      link.href = message.button.url;
      link.addEventListener('click', function () { tell(message.id, 'clicked'); });
      row.appendChild(link);
    }
    var close = element('button', '', message.close);
    close.type = 'button';
    row.appendChild(close);
    box.appendChild(row);
    var closed = false;
    function end() {
      if (closed) return;
      closed = true;
      tell(message.id, 'closed');
      box.remove();
    }
    if (popup) {
      box.addEventListener('close', end);
      close.addEventListener('click', function () { box.close(); });
      document.body.appendChild(box);
      box.showModal();
    } else {
      close.addEventListener('click', end);
      box.addEventListener('keydown', function (event) { if (event.key === 'Escape') end(); });
      document.body.appendChild(box);
    }
  }

  function show(message) {
    var seen = memory()[message.id];
    if (seen && (seen.over || (message.perSession > 0 && seen.shown >= message.perSession))) return;
    style();
    draw(message);
    tell(message.id, 'shown');
  }

  function once(start) {
    var done = false;
    return function () {
      if (done) return;
      done = true;
      start();
    };
  }

  var triggers = {
    load: function (go) { go(); },
    delay: function (go, seconds) { setTimeout(go, seconds * 1000); },
    scroll: function (go, percent) {
      function look() {
        var page = document.documentElement;
        var way = page.scrollHeight - page.clientHeight;
        if (way <= 0 || (page.scrollTop / way) * 100 >= percent) go();
      }
      addEventListener('scroll', look, { passive: true });
      look();
    },
    leave: function (go) {
      document.addEventListener('mouseout', function (event) {
        if (!event.relatedTarget && event.clientY <= 0) go();
      });
    }
  };

  messages.forEach(function (message) {
    var start = triggers[message.trigger.on] || triggers.load;
    start(once(function () { show(message); }), message.trigger.value);
  });
})();
`;
