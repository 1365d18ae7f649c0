// Only what pages can do without: the question about browsing records.
(() => {
  const bar = document.getElementById('cookie-bar');
  if (!bar) return;
  const KEY = 'crm_consent';
  const asked = document.cookie.split('; ').some((pair) => pair.startsWith(`${KEY}=`));
  if (asked || navigator.globalPrivacyControl) return;
  bar.hidden = false;
  bar.addEventListener('click', (event) => {
    const answer = event.target.closest('[data-consent]')?.dataset.consent;
    if (!answer) return;
    document.cookie = `${KEY}=${answer}; path=/; max-age=15552000; samesite=lax`;
    bar.hidden = true;
    document.dispatchEvent(new CustomEvent('crm:consent', { detail: answer }));
  });
})();
