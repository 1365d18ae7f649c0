// Only what pages can do without: the question about browsing records, what was looked at, put
// aside and searched for, and the search on the page of all records itself.
(() => {
  const ANSWER = 'site_consent';
  const crm = window.crm;
  const bar = document.getElementById('cookie-bar');
  const change = document.getElementById('cookie-change');

  const viewed = document.querySelector('[data-viewed]');
  const productOf = ({ code, title, price }) => ({ code, title, price: Number(price) });
  const tellViewed = () => {
    if (viewed && crm) crm.track(viewed.dataset.viewed, productOf(viewed.dataset));
  };
  // Asking the shop to put a record aside is what a cart is elsewhere.
  document.querySelector('[data-cart]')?.addEventListener('click', () => {
    if (viewed && crm) crm.cart(productOf(viewed.dataset));
  });

  const finder = document.getElementById('finder');
  const records = document.getElementById('records');
  if (finder && records) {
    const input = finder.querySelector('input');
    const output = finder.querySelector('output');
    // Width of letters and kind of kana must not matter.
    const plain = (text) =>
      text
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[\u3041-\u3096]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));
    let told = '';
    let timer;
    const find = () => {
      const words = plain(input.value).split(/\s+/).filter(Boolean);
      let results = 0;
      for (const card of records.children) {
        const text = plain(card.textContent);
        const isFound = words.every((word) => text.includes(word));
        card.hidden = !isFound;
        if (isFound) results += 1;
      }
      output.textContent =
        words.length === 0 ? '' : output.dataset.found.replace('{count}', String(results));
      return results;
    };
    const tell = () => {
      const query = input.value.trim();
      if (query === '' || query === told || !crm) return;
      told = query;
      crm.search(query, { results: find() });
    };
    finder.hidden = false;
    input.addEventListener('input', () => {
      find();
      clearTimeout(timer);
      // Told once the visitor has stopped typing, and not letter by letter.
      timer = setTimeout(tell, 1500);
    });
    finder.addEventListener('submit', (event) => {
      event.preventDefault();
      tell();
    });
  }
  // Sent only after a yes; crm.js sees to that.
  tellViewed();
  // Global Privacy Control and Do Not Track are an answer already given: then nobody is asked.
  if (!bar || navigator.globalPrivacyControl || navigator.doNotTrack === '1') return;

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
