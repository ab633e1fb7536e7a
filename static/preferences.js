// What the reader chose for this browser, set before anything is drawn.
try {
  for (const name of ["size", "furigana", "paragraphs"]) {
    const value = localStorage.getItem(`display.${name}`);
    if (value) document.documentElement.dataset[name] = value;
  }
} catch { /* A browser that keeps nothing shows the usual. */ }
