// Fills the address from the postal code. Without this script everything works, typed by hand.
for (const form of document.querySelectorAll('[data-crm-address]')) {
  const field = (name) => form.elements.namedItem(name);
  let asked = '';
  field('postalCode')?.addEventListener('input', async () => {
    const code = field('postalCode').value.normalize('NFKC').replace(/\D/g, '');
    if (code.length !== 7 || code === asked) return;
    asked = code;
    const answer = await fetch(`/api/crm/postal-codes/${code}`).catch(() => null);
    if (!answer?.ok) return;
    const { data } = await answer.json();
    const [found] = data.candidates;
    if (!found || asked !== code) return;
    const filled = { prefecture: found.prefecture, city: found.city, street: found.street };
    for (const [name, value] of Object.entries(filled)) {
      const input = field(name);
      // What she typed herself stays; what an earlier code filled in is replaced.
      if (!value || (input.value !== '' && input.dataset.filled !== input.value)) continue;
      input.value = value;
      input.dataset.filled = value;
    }
    field('street').focus();
  });
}
