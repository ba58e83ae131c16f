// Runs before the first paint: the reader's choice of light or dark, where it was made.
try {
  const theme = localStorage.getItem("vakanuvis-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch { /* Without storage the system's choice holds. */ }
