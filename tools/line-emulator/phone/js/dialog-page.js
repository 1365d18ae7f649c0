// "Back to the chat": inside the phone the page is put away, in a window the window is closed.
for (const link of document.querySelectorAll('[data-close-frame]')) {
  link.addEventListener('click', (event) => {
    if (window.parent !== window) {
      event.preventDefault();
      window.parent.postMessage('close-page', location.origin);
    } else if (window.opener) {
      event.preventDefault();
      window.close();
    }
  });
}
