// Formulas, charts, and dark or light. A classic script: modules and fetch() do not work from the file system.
(function () {
  'use strict';

  const root = document.documentElement;
  const plotly = document.currentScript.dataset;

  // ---- formulas -----------------------------------------------------------------------------------------------

  function drawFormulas() {
    if (typeof window.katex?.render !== 'function') return; // offline, without the packages the source stays readable; a heading "KaTeX" has that id
    for (const element of document.querySelectorAll('.math')) {
      const source = element.textContent;
      const isDisplay = element.classList.contains('display');
      katex.render(source, element, { displayMode: isDisplay, throwOnError: false, strict: 'ignore' });
      if (!isDisplay) keepPunctuation(element);
    }
  }

  // A line may break between the parts of a formula, but not at a bracket before it nor at the punctuation behind it.
  function keepPunctuation(formula) {
    const [before, after] = [formula.previousSibling, formula.nextSibling].map((node) => (node?.nodeType === Node.TEXT_NODE ? node : undefined));
    const opening = before?.data.match(/[([“‘（]+$/)?.[0].length ?? 0;
    const closing = after?.data.match(/^[-.,;:!?)\]'’”。，；：！？）]+/)?.[0].length ?? 0;
    if (opening + closing === 0) return;
    const unbroken = document.createElement('span');
    unbroken.className = 'unbroken';
    formula.before(unbroken);
    if (opening > 0) unbroken.append(before.splitText(before.length - opening));
    unbroken.append(formula);
    if (closing > 0) {
      after.splitText(closing);
      unbroken.append(after);
    }

    for (const part of formula.querySelectorAll('.katex-base + .katex-base')) part.before(document.createElement('wbr'));
  }

  // ---- charts -------------------------------------------------------------------------------------------------

  const config = {
    responsive: true,
    displaylogo: false,
    scrollZoom: false,
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
    loading ??= loadScript(plotly.plotly, plotly.integrity).then(() => window.Plotly);
    return loading;
  }

  // A custom property keeps light-dark() as written: only a property that uses it has a colour.
  function color(name) {
    const probe = document.body.appendChild(document.createElement('span'));
    probe.style.color = `var(${name})`;
    const value = getComputedStyle(probe).color;
    probe.remove();
    return value;
  }

  function isDark() {
    const choice = root.dataset.theme;
    return choice ? choice === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  }

  // The page's colours, as a template: what a figure sets itself stays.
  function template() {
    const ink = color('--ink');
    const axis = { gridcolor: color('--rule'), linecolor: color('--quiet'), zerolinecolor: color('--quiet'), tickcolor: color('--quiet'), automargin: true };
    const spatial = { ...axis, backgroundcolor: 'rgba(0,0,0,0)' };
    const ground = color('--paper');
    return {
      // A label may lie on a heat map of any colour.
      data: { scatter: [{ textfont: { shadow: Array(4).fill(`0 0 3px ${ground}`).join() } }] },
      layout: {
        font: { color: ink, family: getComputedStyle(root).getPropertyValue('--sans'), size: 13 },
        title: { font: { size: 17 } },
        margin: { l: 64, r: 24, t: 56, b: 56 },
        legend: { bgcolor: 'rgba(0,0,0,0)' },
        hoverlabel: { bgcolor: color('--panel'), bordercolor: color('--rule'), font: { color: ink } },
        modebar: { bgcolor: 'rgba(0,0,0,0)', color: color('--quiet'), activecolor: ink },
        xaxis: axis,
        yaxis: axis,
        scene: { xaxis: spatial, yaxis: spatial, zaxis: spatial },
      },
    };
  }

  // The figure at the page's width, on the page's ground.
  function fitted(figure, width, chart) {
    const layout = { ...figure.layout, template: template(), autosize: true, paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)' };
    layout.legend = { tracegroupgap: 4, ...layout.legend }; // rows as close as the room that the library leaves for them
    delete layout.width;
    delete layout.height;
    chart.querySelector('.chart-caption')?.remove();
    if (Math.min(width, chart.clientWidth) < 520) caption(layout, chart);
    if (width < 520) narrow(layout);
    if (matchMedia('(pointer: coarse)').matches) layout.dragmode = false; // a finger scrolls the page
    return { ...figure, data: isDark() ? figure.data.map(brighter) : figure.data, layout };
  }

  // An area that is light enough on white paper is hardly seen on a dark ground.
  function brighter(trace) {
    const [, rgb, opacity] = String(trace.fillcolor ?? '').match(/^rgba\((.*),\s*([\d.]+)\)$/) ?? [];
    return rgb ? { ...trace, fillcolor: `rgba(${rgb},${Math.min(1, 1.6 * opacity)})` } : trace;
  }

  // The room that a figure of the library leaves for them.
  const titleHeight = 34;
  const titleLineHeight = 22;
  const subtitleHeight = 20;

  // On a phone the title becomes text of the page, because plotly.js breaks no lines and panels scroll under it.
  function caption(layout, chart) {
    const notes = layout.annotations ?? [];
    const subtitles = notes.filter((note) => note.name === 'subtitle').map((note) => note.text);
    const text = document.createElement('p');
    text.className = 'chart-caption';
    const title = String(layout.title?.text ?? '');
    append(text, [title, ...subtitles].filter(Boolean).map((lines) => lines.replaceAll('<br>', ' ')).join('<br>'));
    if (text.hasChildNodes()) chart.prepend(text);
    layout.annotations = notes.filter((note) => note.name !== 'subtitle');
    const freed = (title ? titleHeight + (title.split('<br>').length - 1) * titleLineHeight : 0) + subtitles.flatMap((lines) => lines.split('<br>')).length * subtitleHeight;
    layout.margin = { ...layout.margin, t: Math.max(28, (layout.margin?.t ?? 56) - freed) };
    delete layout.title;
    layout.font = { ...layout.font, size: 11 };
  }

  // The few tags that plotly.js draws in a title, and nothing else of it: a title is text from a notebook.
  function append(parent, source) {
    let at = parent;
    for (const part of source.split(/(<\/?(?:b|i|em|strong|sub|sup|br)\s*\/?>)/i)) {
      const [, close, name] = part.match(/^<(\/?)(b|i|em|strong|sub|sup|br)\s*\/?>$/i) ?? [];
      if (!name) at.append(new DOMParser().parseFromString(`x${part}`, 'text/html').body.textContent.slice(1));
      else if (close) at = at === parent ? parent : at.parentElement;
      else if (/^br$/i.test(name)) at.append(document.createElement('br'));
      else at = at.appendChild(document.createElement(name));
    }
  }

  // The legend goes below, and the margins shrink to what the labels need.
  function narrow(layout) {
    layout.annotations = layout.annotations.map((note) => (note.xref === 'paper' ? note : { ...note, font: { ...note.font, size: 8 } }));
    layout.legend = { ...layout.legend, orientation: 'h', x: 0, xanchor: 'left', yref: 'container', y: 0, yanchor: 'bottom' };
    layout.margin = { ...layout.margin, l: Math.min(46, layout.margin?.l ?? 46), r: 12, t: layout.annotations.length > 0 ? 28 : 12 };
    layout.sliders = layout.sliders?.map((slider) => ({ ...slider, x: 0.36, len: 0.6 })); // the buttons beside it stay as wide, and the last label needs room
  }

  // Panels side by side need their width, with the title of an axis or a colour bar between them: on a phone they scroll in themselves, on a desk they fit.
  const panelWidth = 340;
  const panelWithBarWidth = 400;

  function columns(figure) {
    const axes = Object.entries(figure.layout ?? {}).filter(([name]) => /^xaxis\d*$/.test(name));
    return new Set(axes.map(([, axis]) => axis.domain?.[0] ?? 0)).size;
  }

  // A drawing without axes whose boxes or pictures are labelled: text does not shrink with it.
  const drawingWidth = 800;

  function isLabelled(figure) {
    const notes = (figure.layout?.annotations ?? []).filter((note) => note.name !== 'subtitle');
    const texts = figure.data?.filter((trace) => trace.mode === 'text').flatMap((trace) => trace.text ?? []) ?? [];
    return figure.layout?.xaxis?.visible === false && notes.length + texts.length > 6;
  }

  // The size of the SVG face, scaled to the page's width, but not so flat that curves can't be read.
  function fit(live, figure, face) {
    const side = columns(figure);
    const width = Number(face?.getAttribute('width')) || undefined;
    const bars = figure.data?.filter((trace) => trace.showscale !== false && (trace.colorbar ?? trace.marker?.colorbar)).length ?? 0;
    const least = side > 1 ? Math.min(side * (bars > 1 ? panelWithBarWidth : panelWidth), 840) : isLabelled(figure) ? Math.min(width ?? drawingWidth, drawingWidth) : 0;
    live.style.minWidth = least > 0 ? `${least}px` : '';
    live.style.maxWidth = width ? `${width}px` : '';
    const height = (Number(face?.getAttribute('height')) || figure.layout?.height) ?? 420;
    const scaled = width ? (height * live.clientWidth) / width : height;
    const isPictures = figure.data?.every((trace) => trace.type === 'image'); // they keep their shape at any width
    live.style.height = `${Math.round(isPictures ? scaled : Math.max(scaled, Math.min(height * 0.75, 340)))}px`;
  }

  // On a phone a slider or a legend of many rows would leave the curves a strip: the figure grows by what they lack.
  const leastPlotHeight = 190;

  async function makeRoom(library, live, layout) {
    if (Object.keys(layout).filter((name) => /^yaxis\d*$/.test(name)).length !== 1 || layout.yaxis.scaleanchor || layout.xaxis?.scaleanchor) return;
    for (let round = 0; round < 3; round++) {
      const plot = live.querySelector('.nsewdrag')?.getBoundingClientRect();
      const lacks = plot ? Math.round(leastPlotHeight - plot.height) : 0;
      if (lacks <= 0) return;
      live.style.height = `${live.clientHeight + lacks}px`;
      await library.Plots.resize(live);
    }
  }

  // Where a legend takes more rows than the figure left room for, title and sub-title move up from it.
  async function clearSubtitle(library, live, layout) {
    const index = layout.annotations?.findIndex((note) => note.name === 'subtitle') ?? -1;
    const [subtitle, legend] = [`.annotation[data-index="${index}"]`, '.legend'].map((part) => live.querySelector(part)?.getBoundingClientRect());
    const overlap = subtitle && legend ? Math.ceil(subtitle.bottom - legend.top) : 0;
    if (overlap > 6) await library.relayout(live, { 'margin.t': layout.margin.t + overlap, [`annotations[${index}].yshift`]: layout.annotations[index].yshift + overlap });
  }

  async function draw(chart) {
    if (chart.dataset.state) return;
    chart.dataset.state = 'drawing';
    try {
      const library = await loadPlotly();
      const figure = JSON.parse(chart.querySelector('script').textContent);
      const live = chart.querySelector('.chart-live');
      fit(live, figure, chart.querySelector('.chart-face > img'));
      const { data, layout, frames } = fitted(figure, live.clientWidth, chart);
      await library.newPlot(live, { data, layout, frames, config: { ...config, displayModeBar: live.clientWidth < 520 ? false : 'hover' } });
      await (live.clientWidth < 520 ? makeRoom : clearSubtitle)(library, live, layout);
      chart.dataset.state = 'drawn';
      if (data.some((trace) => webGl.test(trace.type))) keepWebGlFew(chart);
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
    keep('deepnotes-theme', root.dataset.theme);
    redrawCharts();
  }

  const scrollers = 'pre, .table, .output.html, .math.display, .chart';
  let watchScroller;

  // What is wider than its box scrolls in it: its edge fades as long as there is more, and keyboards can reach it.
  function followScrollers() {
    const follow = (box) => {
      const rest = box.scrollWidth - box.clientWidth;
      box.classList.toggle('scrolls', rest > 1);
      box.classList.toggle('at-start', box.scrollLeft < 2);
      box.classList.toggle('at-end', rest - box.scrollLeft < 2);
      if (rest > 1) box.tabIndex = 0;
      else box.removeAttribute('tabindex');
    };
    const sizes = new ResizeObserver((changes) => changes.forEach(({ target }) => follow(target.matches(scrollers) ? target : target.closest(scrollers))));
    watchScroller = (box) => {
      sizes.observe(box);
      if (box.firstElementChild) sizes.observe(box.firstElementChild);
      box.addEventListener('scroll', () => follow(box), { passive: true });
      follow(box);
    };
    document.querySelectorAll(scrollers).forEach(watchScroller);
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

  // "Show all code" and "Open all", on this page and on the next one.
  function rememberSwitches() {
    const boxes = { code: '.folded-code', folds: 'details:not(.folded-code, .figure-data, .side details)' };
    for (const button of document.querySelectorAll('.switches button')) {
      const kind = button.dataset.opens;
      const set = (isOpen) => {
        button.setAttribute('aria-pressed', isOpen);
        for (const box of document.querySelectorAll(boxes[kind])) box.open = isOpen;
      };
      if (recall(`deepnotes-${kind}`) === 'open') set(true);
      button.addEventListener('click', () => {
        const isOpen = button.getAttribute('aria-pressed') !== 'true';
        keep(`deepnotes-${kind}`, isOpen ? 'open' : '');
        set(isOpen);
      });
    }
  }

  // Without storage a choice lasts as long as the page.
  function keep(name, value) {
    try { localStorage.setItem(name, value); } catch { }
  }

  function recall(name) {
    try { return localStorage.getItem(name); } catch { return null; }
  }

  function offerCopies() {
    for (const listing of document.querySelectorAll('.listing')) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'copy';
      button.textContent = 'Copy';
      button.addEventListener('click', async () => {
        button.textContent = (await copy(listing.querySelector('code'))) ? 'Copied' : 'Press Ctrl+C';
        setTimeout(() => { button.textContent = 'Copy'; }, 2000);
      });
      listing.append(button);
    }
  }

  // Where the clipboard is closed to pages, or does not answer, the code is selected and the reader's own keys copy it.
  async function copy(code) {
    const late = new Promise((resolve) => { setTimeout(resolve, 1000, false); });
    const written = await Promise.race([navigator.clipboard?.writeText(code.textContent).then(() => true, () => false), late]);
    if (!written) getSelection().selectAllChildren(code);
    return written;
  }

  // A figure's table is in a script beside the page, which is read when the first one is opened.
  let tables;
  function fillTables() {
    for (const box of document.querySelectorAll('.figure-data')) {
      box.addEventListener('toggle', async () => {
        tables ??= loadScript(box.dataset.tables);
        await tables.catch(() => {});
        if (!box.open || box.childElementCount > 1) return;
        box.insertAdjacentHTML('beforeend', window.deepNotesTables?.[box.dataset.figure] ?? `<p>The file ${box.dataset.tables} is missing beside this page.</p>`);
        box.querySelectorAll(scrollers).forEach(watchScroller);
      });
    }
  }

  // Also for the search: a module, which could share it, does not load from the file system.
  window.deepNotesLoad = loadScript;
  function loadScript(address, integrity) {
    return new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = address;
      if (integrity) {
        script.integrity = integrity;
        script.crossOrigin = 'anonymous';
      }
      script.onload = resolve;
      script.onerror = () => reject(new Error(address));
      document.head.append(script);
    });
  }

  // On paper nothing can be unfolded; set-up code may stay away.
  function unfoldForPrint() {
    const boxes = [...document.querySelectorAll('details:not([open]):not(.folded-code, .figure-data, .side details)')];
    addEventListener('beforeprint', () => boxes.forEach((box) => { box.open = true; }));
    addEventListener('afterprint', () => boxes.forEach((box) => { box.open = false; }));
  }

  // The questions page: by topic and level, and all answers at once.
  function filterQuestions() {
    const filters = document.querySelector('.filters');
    if (!filters) return;
    const show = () => {
      const { chapter, level } = Object.fromEntries(new FormData(filters));
      for (const section of document.querySelectorAll('.questions')) {
        const questions = [...section.querySelectorAll('.question')];
        for (const question of questions) question.hidden = level !== '' && question.dataset.level !== level;
        section.hidden = (chapter !== '' && section.dataset.chapter !== chapter) || questions.every((question) => question.hidden);
      }
    };
    const button = filters.querySelector('.open-all');
    button.addEventListener('click', () => {
      const open = button.getAttribute('aria-pressed') !== 'true';
      button.setAttribute('aria-pressed', open);
      button.textContent = open ? 'Close all' : 'Open all';
      for (const question of document.querySelectorAll('.question')) question.open = open;
    });
    filters.addEventListener('change', show);
    show(); // a browser that comes back to the page keeps what was chosen
  }

  document.querySelector('.theme').addEventListener('click', chooseTheme);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { if (!root.dataset.theme) redrawCharts(); });
  if (matchMedia('(max-width: 1099px)').matches) document.querySelector('.headings details')?.removeAttribute('open');
  drawFormulas();
  rememberSwitches();
  offerCopies();
  fillTables();
  followScrollers();
  followHeadings();
  unfoldForPrint();
  filterQuestions();
  if (location.hash) openTarget();
  addEventListener('hashchange', openTarget);
  document.querySelectorAll('.chart').forEach((chart) => arriving.observe(chart));
  root.dataset.ready = 'true';
})();
