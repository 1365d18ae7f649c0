// Only what pages can do without: the question about browsing records, and what was looked at.
(() => {
  const ANSWER = 'site_consent';
  const crm = window.crm;
  const bar = document.getElementById('cookie-bar');
  const change = document.getElementById('cookie-change');

  const tellViewed = () => {
    const viewed = document.querySelector('[data-viewed]');
    if (!viewed || !crm) return;
    const { viewed: name, code, title, price } = viewed.dataset;
    crm.track(name, { code, title, price: Number(price) });
  };
  // Sent only after a yes; crm.js sees to that.
  tellViewed();
  // Global Privacy Control is an answer already given: then nobody is asked.
  if (!bar || navigator.globalPrivacyControl) return;

  // Banners of the shop stand above the question, not over it.
  const makeRoom = () => {
    const room = bar.hidden ? '0px' : `${bar.offsetHeight + 40}px`;
    document.documentElement.style.setProperty('--crm-onsite-bottom', room);
  };
  const show = () => {
    bar.hidden = false;
    makeRoom();
  };
  const answered = document.cookie.split('; ').some((pair) => pair.startsWith(`${ANSWER}=`));
  if (!answered) show();
  if (change) {
    change.hidden = false;
    change.addEventListener('click', () => {
      show();
      bar.querySelector('button')?.focus();
    });
  }
  bar.addEventListener('click', (event) => {
    const answer = event.target.closest('[data-consent]')?.dataset.consent;
    if (!answer) return;
    const secure = location.protocol === 'https:' ? '; secure' : '';
    document.cookie = `${ANSWER}=${answer}; path=/; max-age=15552000; samesite=lax${secure}`;
    if (crm?.consent(answer === 'yes')) tellViewed();
    bar.hidden = true;
    makeRoom();
  });
})();
