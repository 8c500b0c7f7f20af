// The story form: shows the text fields of the language that the story is written in.
(() => {
  const show = (language) => {
    document.querySelectorAll('[data-archive-language]').forEach((panel) => {
      const section = panel.closest('.w-panel') || panel;
      section.hidden = panel.dataset.archiveLanguage !== language;
    });
  };

  const start = () => {
    const choice = document.querySelector('[name="source_language"]');
    if (!choice) return;
    show(choice.value);
    choice.addEventListener('change', () => show(choice.value));
  };

  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
})();
