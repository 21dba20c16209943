(function () {
  "use strict";
  var figures = Array.prototype.slice.call(document.querySelectorAll("figure[data-chart]"));
  var plots = figures.map(function (figure) {
    var plot = figure.querySelector(".plot");
    var spec = JSON.parse(figure.querySelector("script").textContent);
    Plotly.newPlot(plot, spec.data, spec.layout, spec.config).then(function () { figure.setAttribute("data-drawn", "yes"); });
    return plot;
  });
  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.prototype.slice.call(document.querySelectorAll("details:not([open])"));
    opened.forEach(function (details) { details.open = true; });
    plots.forEach(function (plot) { Plotly.relayout(plot, { width: 660 }); });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (details) { details.open = false; });
    plots.forEach(function (plot) { Plotly.relayout(plot, { width: null, autosize: true }); });
  });
})();
