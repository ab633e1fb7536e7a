// Comforts for readers; every page works without them.

// A button beside each text worth copying.
const words = document.querySelector(".copy-words");
if (words && navigator.clipboard) {
  for (const text of document.querySelectorAll(".copyable")) {
    const copied = text.textContent.trim();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = words.dataset.copy;
    button.lang = document.documentElement.lang;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(copied);
      button.textContent = words.dataset.copied;
      setTimeout(() => { button.textContent = words.dataset.copy; }, 2000);
    });
    text.append(button);
  }
}
