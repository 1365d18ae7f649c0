/**
 * The script of the site, as text: the server is compiled without the browser's types and has no
 * step that copies files. Tests run it in a document. Under 6 KB, first-party, without dependencies.
 *
 *   crm.consent(true | false)   what the visitor answered; until then nothing is stored or sent
 *   crm.track(name, properties) something happened
 *   crm.page(properties)        a page view; the first one is sent by itself
 */
export const browserScript = `(function () {
  'use strict';
  if (window.crm && window.crm.version) return;

  var VISITOR = 'crm_visitor';
  var ENDPOINT = '/api/crm/track/v1/batch';
  var YEAR = 31536000;
  var MOST = 20;
  var queue = [];
  var timer = null;

  // Global Privacy Control is a no that is already given.
  function refused() {
    return navigator.globalPrivacyControl === true;
  }

  function cookie(name) {
    var found = document.cookie.split('; ').filter(function (pair) {
      return pair.indexOf(name + '=') === 0;
    })[0];
    return found ? decodeURIComponent(found.slice(name.length + 1)) : null;
  }

  function keep(name, value, seconds) {
    var secure = location.protocol === 'https:' ? '; Secure' : '';
    document.cookie = name + '=' + encodeURIComponent(value) +
      '; Path=/; Max-Age=' + seconds + '; SameSite=Lax' + secure;
  }

  function newId() {
    if (window.crypto && crypto.randomUUID) return crypto.randomUUID();
    var bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.prototype.map.call(bytes, function (byte) {
      return ('0' + byte.toString(16)).slice(-2);
    }).join('');
  }

  // The cookie is the consent: it exists only after a yes.
  function visitor() {
    return refused() ? null : cookie(VISITOR);
  }

  function flush(leaving) {
    clearTimeout(timer);
    timer = null;
    if (queue.length === 0) return;
    var body = JSON.stringify({ batch: queue.splice(0, MOST), sentAt: new Date().toISOString() });
    // A page that is left can only send a beacon; as text, so that no preflight is needed.
    var gone = leaving && navigator.sendBeacon && navigator.sendBeacon(ENDPOINT, body);
    if (!gone) {
      fetch(ENDPOINT, {
        method: 'POST',
        body: body,
        headers: { 'Content-Type': 'text/plain' },
        credentials: 'same-origin',
        keepalive: true
      }).catch(function () {});
    }
    if (queue.length > 0) flush(leaving);
  }

  function add(call) {
    var id = visitor();
    if (!id) return false;
    call.anonymousId = id;
    call.messageId = newId();
    call.timestamp = new Date().toISOString();
    queue.push(call);
    if (queue.length >= MOST) flush(false);
    else if (timer === null) timer = setTimeout(flush, 1000, false);
    return true;
  }

  function page(properties) {
    var own = { path: location.pathname, title: document.title, search: campaign(), referrer: referrer() };
    for (var key in properties || {}) own[key] = properties[key];
    return add({ type: 'page', properties: own });
  }

  // Of the address only the campaign's parameters: the rest may carry tokens.
  function campaign() {
    var kept = new URLSearchParams();
    new URLSearchParams(location.search).forEach(function (value, key) {
      if (key.indexOf('utm_') === 0) kept.set(key, value);
    });
    return kept.toString();
  }

  function referrer() {
    try {
      var from = new URL(document.referrer);
      return from.origin === location.origin ? from.pathname : from.origin;
    } catch (none) {
      return '';
    }
  }

  function consent(granted) {
    if (granted && !refused()) {
      var isNew = !cookie(VISITOR);
      keep(VISITOR, cookie(VISITOR) || newId(), YEAR);
      if (isNew) page();
      return true;
    }
    queue = [];
    if (cookie(VISITOR)) keep(VISITOR, '', 0);
    return false;
  }

  window.crm = {
    version: 1,
    consent: consent,
    hasConsent: function () { return visitor() !== null; },
    page: page,
    track: function (name, properties) {
      return add({ type: 'track', event: String(name), properties: properties || {} });
    }
  };

  document.addEventListener('visibilitychange', function () {
    if (document.visibilityState === 'hidden') flush(true);
  });
  window.addEventListener('pagehide', function () { flush(true); });
  page();
})();
`;
