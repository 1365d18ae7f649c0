/** Added to `crm.js`: asks whether this page has a message, and only then loads what draws it. */
export const onsiteLoader = `(function () {
  'use strict';
  if (window.crmOnsite) return;
  window.crmOnsite = [];
  var query = new URLSearchParams({
    path: location.pathname,
    lang: document.documentElement.lang === 'en' ? 'en' : 'ja',
    from: document.referrer.slice(0, 2000)
  });
  new URLSearchParams(location.search).forEach(function (value, key) {
    if (key.indexOf('utm_') === 0) query.set(key, value);
  });
  fetch('/api/crm/onsite/messages?' + query, { credentials: 'same-origin' })
    .then(function (answer) { return answer.status === 200 ? answer.json() : null; })
    .then(function (answer) {
      if (!answer) return;
      window.crmOnsite = answer.data;
      var script = document.createElement('script');
      script.src = '/crm/onsite.js';
      script.async = true;
      document.head.appendChild(script);
    })
    .catch(function () {});
})();
`;
