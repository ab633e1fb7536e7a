// Names the fields that select2 puts in the place of a select, after the label of that select.
(() => {
  const name = (field) => {
    const select = field.closest(".select2")?.previousElementSibling;
    const label = select?.labels?.[0];
    if (!label) return;
    label.id ||= `label-of-${select.id}`;
    const shown = field.querySelector(".select2-selection__rendered");
    field.setAttribute("aria-labelledby", shown ? `${label.id} ${shown.id}` : label.id);
    shown?.setAttribute("aria-labelledby", label.id);
  };
  const nameAll = () => document.querySelectorAll(".select2-selection").forEach(name);
  new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
  nameAll();
})();
