/**
 * The script of the site, as text: the server is compiled without the browser's types and has no
 * step that copies files. Tests run it in a document. Under 6 KB, first-party, without dependencies.
 *
 *   crm.consent(true | false)   what the visitor answered; until then nothing is stored or sent
 *   crm.track(name, properties) something happened
 *   crm.page(properties)        a page view; the first one, and those of a site that changes its
 *                               address without loading (history API), are sent by themselves
 *   crm.product(properties), crm.cart(properties), crm.search(query, properties)
 *                               `Product Viewed`, `Product Added`, `Products Searched`
 *
 * How long a page was looked at is sent as `Page Dwelled` whenever it goes out of sight; the
 * seconds of several add up. What could not be sent is tried again, also on the next page: until
 * then it waits in the tab's session storage, and only after a yes.
 */
export const browserScript = `(function () {
  'use strict';
  if (window.crm && window.crm.version) return;

  var VISITOR = 'crm_visitor';
  var ENDPOINT = '/api/crm/track/v1/batch';
  var YEAR = 31536000;
  var WAITING = 'crm_waiting';
  var MOST = 20;
  var MOST_WAITING = 100;
  var queue = [];
  var timer = null;
  var failures = 0;
  var path = location.pathname;
  var before = null;
  var since = inSight();

  function inSight() {
    return document.visibilityState === 'hidden' ? null : Date.now();
  }

  // Global Privacy Control and Do Not Track are a no that is already given.
  function refused() {
    return navigator.globalPrivacyControl === true || navigator.doNotTrack === '1';
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

  // What was not sent waits for the next page of this tab; a browser that keeps nothing loses it.
  function store(calls) {
    try {
      if (calls.length) sessionStorage.setItem(WAITING, JSON.stringify(calls.slice(-MOST_WAITING)));
      else sessionStorage.removeItem(WAITING);
    } catch (none) {}
  }

  function stored() {
    try {
      return JSON.parse(sessionStorage.getItem(WAITING)) || [];
    } catch (none) {
      return [];
    }
  }

  function later(seconds) {
    if (timer === null) timer = setTimeout(flush, seconds * 1000, false);
  }

  function retry(batch) {
    if (visitor() === null) return;
    queue = batch.concat(queue).slice(-MOST_WAITING);
    failures += 1;
    store(queue);
    later(Math.min(60, 2 * failures * failures));
  }

  function post(batch, body) {
    fetch(ENDPOINT, {
      method: 'POST',
      body: body,
      headers: { 'Content-Type': 'text/plain' },
      credentials: 'same-origin',
      keepalive: true
    }).then(function (answer) {
      if (answer.status === 429 || answer.status >= 500) return retry(batch);
      failures = 0;
      store(queue);
    }, function () { retry(batch); });
  }

  function flush(leaving) {
    clearTimeout(timer);
    timer = null;
    if (queue.length === 0) return;
    var batch = queue.splice(0, MOST);
    var body = JSON.stringify({ batch: batch, sentAt: new Date().toISOString() });
    // A page that is left can only send a beacon; as text, so that no preflight is needed.
    var gone = leaving && navigator.sendBeacon && navigator.sendBeacon(ENDPOINT, body);
    if (gone) store(queue);
    else post(batch, body);
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
    else later(1);
    return true;
  }

  function track(name, properties) {
    return add({ type: 'track', event: String(name), properties: properties || {} });
  }

  // Seconds in sight since the last time they were told.
  function dwell() {
    var seconds = since === null ? 0 : Math.round((Date.now() - since) / 1000);
    since = inSight();
    if (seconds > 0) track('Page Dwelled', { path: path, seconds: seconds });
  }

  // A site that changes its address without loading a page.
  function moved() {
    if (location.pathname === path) return;
    dwell();
    before = path;
    path = location.pathname;
    // Its title follows its address.
    setTimeout(page, 0);
  }

  function watch(name) {
    var change = window.history && history[name];
    if (!change) return;
    history[name] = function () {
      var answer = change.apply(this, arguments);
      moved();
      return answer;
    };
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
    if (before !== null) return before;
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
    store([]);
    if (cookie(VISITOR)) keep(VISITOR, '', 0);
    return false;
  }

  window.crm = {
    version: 2,
    consent: consent,
    hasConsent: function () { return visitor() !== null; },
    page: page,
    track: track,
    product: function (properties) { return track('Product Viewed', properties); },
    cart: function (properties) { return track('Product Added', properties); },
    search: function (query, properties) {
      var own = { query: String(query) };
      for (var key in properties || {}) own[key] = properties[key];
      return track('Products Searched', own);
    }
  };

  document.addEventListener('visibilitychange', function () {
    dwell();
    if (document.visibilityState === 'hidden') flush(true);
  });
  window.addEventListener('pagehide', function () {
    dwell();
    flush(true);
  });
  watch('pushState');
  watch('replaceState');
  window.addEventListener('popstate', moved);
  if (visitor() !== null) queue = stored();
  page();
})();
`;
