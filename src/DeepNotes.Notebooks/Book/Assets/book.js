// Formulas, charts, and dark or light. A classic script: modules and fetch() do not work from the file system.
(function () {
  'use strict';

  const root = document.documentElement;
  const plotly = document.currentScript.dataset;

  // ---- formulas -----------------------------------------------------------------------------------------------

  function drawFormulas() {
    if (!window.katex) return; // offline, without the packages: the source stays readable
    for (const element of document.querySelectorAll('.math')) {
      const source = element.textContent;
      katex.render(source, element, { displayMode: element.classList.contains('display'), throwOnError: false, strict: 'ignore' });
    }
  }

  // ---- charts -------------------------------------------------------------------------------------------------

  const config = {
    responsive: true,
    displaylogo: false,
    showSendToCloud: false,
    plotlyServerURL: '',
    modeBarButtonsToRemove: ['sendChartToCloud', 'select2d', 'lasso2d', 'autoScale2d'],
  };

  // A browser keeps about sixteen WebGL contexts: of the charts that need one, those out of sight give theirs back.
  const webGl = /^(surface|mesh3d|cone|streamtube|volume|isosurface|.*3d|.*gl)$/;
  const maximumWebGl = 6;
  const drawnWebGl = [];

  let loading;
  function loadPlotly() {
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = plotly.plotly;
      if (plotly.integrity) {
        script.integrity = plotly.integrity;
        script.crossOrigin = 'anonymous';
      }
      script.onload = () => resolve(window.Plotly);
      script.onerror = reject;
      document.head.append(script);
    });
    return loading;
  }

  function color(name) {
    return getComputedStyle(root).getPropertyValue(name).trim();
  }

  function isDark() {
    const choice = root.dataset.theme;
    return choice ? choice === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  }

  // A copy of the figure in the page's colours. The figure's own file stays as the notebook made it.
  function themed(figure, width) {
    const ink = isDark() ? '#d7dbe0' : '#24292f';
    const grid = isDark() ? '#353b45' : '#e3e6ea';
    const copy = JSON.parse(JSON.stringify(figure));
    const layout = copy.layout ??= {};
    Object.assign(layout, { paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)', autosize: true });
    delete layout.width;
    layout.font = { ...layout.font, color: ink, family: color('--sans') || 'sans-serif' };
    layout.hoverlabel = { ...layout.hoverlabel, bgcolor: isDark() ? '#22272e' : '#ffffff', bordercolor: grid, font: { color: ink } };
    layout.modebar = { ...layout.modebar, bgcolor: 'rgba(0,0,0,0)', color: isDark() ? '#8b949e' : '#8c959f', activecolor: ink };
    if (layout.title?.font) delete layout.title.font.color;
    if (layout.legend) {
      layout.legend.bgcolor = 'rgba(0,0,0,0)';
      if (layout.legend.font) delete layout.legend.font.color;
    }
    themeAxes(layout, grid);
    if (isDark()) copy.data.forEach((trace) => lighten(trace, ink));
    if (width < 520) narrow(layout);
    return copy;
  }

  function themeAxes(layout, grid) {
    for (const [name, part] of Object.entries(layout)) {
      if (/^[xyz]axis\d*$/.test(name)) {
        Object.assign(part, { gridcolor: grid, zerolinecolor: grid, linecolor: grid, tickcolor: grid });
        delete part.color;
        for (const font of [part.tickfont, part.title?.font]) if (font) delete font.color;
      } else if (/^(scene|polar|ternary)\d*$/.test(name)) {
        part.bgcolor = 'rgba(0,0,0,0)';
        themeAxes(part, grid);
      }
    }
    for (const annotation of layout.annotations ?? []) {
      if (annotation.font && isBlack(annotation.font.color) && !annotation.showarrow && annotation.xref?.includes('paper')) delete annotation.font.color;
    }
    layout.xaxis ??= { gridcolor: grid, zerolinecolor: grid };
    layout.yaxis ??= { gridcolor: grid, zerolinecolor: grid };
  }

  // Black lines and marks would vanish on a dark ground.
  function lighten(trace, ink) {
    for (const part of [trace.line, trace.marker, trace.error_y, trace.error_x, trace.textfont]) {
      if (part && typeof part.color === 'string' && isBlack(part.color)) part.color = ink;
    }
  }

  function isBlack(value) {
    if (typeof value !== 'string') return false;
    const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(value.trim())?.[1];
    const parts = hex
      ? (hex.length === 3 ? [...hex].map((digit) => digit + digit) : hex.match(/../g)).map((pair) => parseInt(pair, 16))
      : /^rgb\((\d+), ?(\d+), ?(\d+)\)$/.exec(value.trim())?.slice(1).map(Number);
    return value === 'black' || (!!parts && Math.max(...parts) < 80);
  }

  // On a phone the legend goes below, and margins shrink to what the labels need.
  function narrow(layout) {
    if (layout.showlegend !== false) layout.legend = { ...layout.legend, orientation: 'h', x: 0, xanchor: 'left', y: -0.25, yanchor: 'top' };
    layout.margin = { ...layout.margin, l: Math.min(layout.margin?.l ?? 48, 48), r: 12 };
    layout.font = { ...layout.font, size: Math.min(layout.font?.size ?? 12, 11) };
    if (typeof layout.title?.text === 'string') layout.title.font = { ...layout.title.font, size: 13 };
  }

  async function draw(chart) {
    if (chart.dataset.state) return;
    chart.dataset.state = 'drawing';
    try {
      const library = await loadPlotly();
      const figure = JSON.parse(chart.querySelector('script').textContent);
      const live = chart.querySelector('.chart-live');
      const face = chart.querySelector('.chart-face').getBoundingClientRect();
      const height = chart.querySelector('.chart-face > svg') ? face.height : figure.layout?.height ?? 420;
      live.style.height = `${Math.round(Math.max(height, figure.layout?.height ? Math.min(figure.layout.height, 320) : 320))}px`;
      const picture = themed(figure, live.clientWidth);
      delete picture.layout.height;
      await library.newPlot(live, { data: picture.data, layout: picture.layout, frames: picture.frames, config });
      chart.dataset.state = 'drawn';
      if (picture.data.some((trace) => webGl.test(trace.type))) keepWebGlFew(chart);
    } catch {
      chart.dataset.state = 'failed'; // the SVG figure stays
    }
  }

  function erase(chart) {
    if (chart.dataset.state !== 'drawn') return;
    window.Plotly.purge(chart.querySelector('.chart-live'));
    delete chart.dataset.state;
  }

  function keepWebGlFew(chart) {
    drawnWebGl.push(chart);
    while (drawnWebGl.length > maximumWebGl) erase(drawnWebGl.shift());
  }

  // Shown a little before it is scrolled into view; an erased one is drawn again when it comes back.
  const arriving = new IntersectionObserver(
    (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => draw(entry.target)),
    { rootMargin: '300px 0px' });

  function redrawCharts() {
    for (const chart of document.querySelectorAll('.chart[data-state="drawn"]')) {
      erase(chart);
      draw(chart);
    }
  }

  // ---- page ---------------------------------------------------------------------------------------------------

  function chooseTheme() {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    try {
      localStorage.setItem('deepnotes-theme', root.dataset.theme);
    } catch {
      // without storage the choice lasts as long as the page
    }
    redrawCharts();
  }

  // Keyboard users scroll a wide table or listing only when it can take the focus.
  function focusableScrollers() {
    for (const element of document.querySelectorAll('pre, .table, .output.html, .math.display')) {
      if (element.scrollWidth > element.clientWidth) element.tabIndex = 0;
    }
  }

  function followHeadings() {
    const links = new Map([...document.querySelectorAll('.headings a')].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
    const headings = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
    if (headings.length === 0) return;
    const follow = () => {
      const passed = headings.filter((heading) => heading.getBoundingClientRect().top < 120);
      const current = (passed.at(-1) ?? headings[0]).id;
      links.forEach((link, id) => (id === current ? link.setAttribute('aria-current', 'true') : link.removeAttribute('aria-current')));
    };
    let waiting = false;
    addEventListener('scroll', () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; follow(); });
    }, { passive: true });
    follow();
  }

  // A link to something inside a folded box opens the box.
  function openTarget() {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let box = target && target.closest('details'); box; box = box.parentElement.closest('details')) box.open = true;
    if (target) target.scrollIntoView();
  }

  // On paper nothing can be unfolded; set-up code may stay away.
  function unfoldForPrint() {
    const boxes = [...document.querySelectorAll('details:not([open]):not(.folded-code)')];
    addEventListener('beforeprint', () => boxes.forEach((box) => { box.open = true; }));
    addEventListener('afterprint', () => boxes.forEach((box) => { box.open = false; }));
  }

  document.querySelector('.theme').addEventListener('click', chooseTheme);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { if (!root.dataset.theme) redrawCharts(); });
  if (matchMedia('(max-width: 1099px)').matches) document.querySelector('.headings details')?.removeAttribute('open');
  drawFormulas();
  focusableScrollers();
  followHeadings();
  unfoldForPrint();
  if (location.hash) openTarget();
  addEventListener('hashchange', openTarget);
  document.querySelectorAll('.chart').forEach((chart) => arriving.observe(chart));
  root.dataset.ready = 'true';
})();
