// Sets the theme before the page is drawn: what was chosen here, else what the system prefers. It is
// the only script that is not a module, since modules run after the first drawing.
(function () {
  const dark = matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    try {
      return localStorage.getItem("glia-theme");
    } catch {
      return null; // a browser that keeps nothing follows the system
    }
  }

  function apply() {
    const theme = chosen() ?? (dark.matches ? "dark" : "light");
    document.documentElement.dataset.theme = theme === "dark" ? "dark" : "light";
    document.dispatchEvent(new CustomEvent("glia-theme"));
  }

  apply();
  dark.addEventListener("change", apply);
})();
