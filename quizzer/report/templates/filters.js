// What the filters leave, added up from the counts by group that stand in the page as data.
const data = JSON.parse(document.getElementById("counts").textContent);
const GROUPS = Math.max(data.groups.length, 1);
const BANDS = 4;
for (const name in data.tables) {
  const key = data.tables[name][0];
  for (let i = 1; i < key.length; i += 1) key[i] += key[i - 1];
}
// Calls work(outer, inner, row) for each row of a table that the filters leave; a key is (outer · groups + group) · size + inner.
const rowsOf = (name, size, wanted, work, bands = Infinity) => {
  const key = data.tables[name][0];
  for (let i = 0; i < key.length; i += 1) {
    const cell = Math.floor(key[i] / size);
    const outer = Math.floor(cell / GROUPS);
    if (outer < bands && wanted[cell % GROUPS]) work(outer, key[i] % size, i);
  }
};
const column = (name, k) => data.tables[name][k];
const sums = (name, outer, size, columns, wanted, bands) => {
  const found = Array.from({ length: outer * size }, () => new Array(columns).fill(0));
  const values = Array.from({ length: columns }, (_, k) => column(name, k + 1));
  rowsOf(name, size, wanted, (at, inner, i) => {
    const cell = found[(outer === 1 ? 0 : at) * size + inner];
    for (let k = 0; k < columns; k += 1) cell[k] += values[k][i];
  }, bands);
  return found;
};
const dayLabel = (day) => {
  const away = day - data.today;
  if (away % 7) return {};
  return { label: away ? shortDate(day) : "today", minor: away % 14 !== 0 };
};
const PRACTICE = [["solid", "reviews"], ["stripe", "practice: drills and crams"]];
const DUE = [["solid", "due that day"], ["stripe", "overdue, counted today"]];
const dueWords = (label, [due, late, seconds]) => label + ": " + counted(due, "card") +
  (late ? ", " + number(late) + " from earlier days" : "") + (seconds ? ", about " + duration(seconds) : "");
const dueCells = ([due, late, seconds]) => [number(due), number(late), seconds ? duration(seconds) : "–"];

// Each gives { nodes, rows }: what is drawn, and the cells of the table behind it.
const charts = {
  activity(wanted) {
    const days = sums("days", 53 * 7, 1, 3, wanted);
    const rows = [];
    const span = document.querySelectorAll("#activity .plot .m").length || 30;
    const columns = Array.from({ length: span }, (_, i) => {
      const day = data.today - span + 1 + i;
      const [reviews, practice, seconds] = days[day - data.firstDay];
      if (reviews + practice) rows.unshift([iso(day), number(reviews), number(practice), duration(seconds)]);
      const says = longDate(day) + ": " + counted(reviews, "review") + (practice ? ", " + practice + " for practice" : "") +
        (seconds ? ", " + duration(seconds) : "");
      return { values: [reviews, practice], says, ...dayLabel(day) };
    });
    return { nodes: barChart("Answers a day over " + span + " days.", columns, PRACTICE), rows };
  },
  forecast(wanted) {
    const rows = [];
    const columns = sums("forecast", 365, 1, 3, wanted).slice(0, 30).map((day, i) => {
      if (day[0]) rows.push([iso(data.today + i), ...dueCells(day)]);
      return { values: [day[0] - day[1], day[1]], says: dueWords(longDate(data.today + i), day), ...dayLabel(data.today + i) };
    });
    return { nodes: barChart("Cards due on each of the next 30 days.", columns, DUE), rows };
  },
  "year-ahead"(wanted) {
    const days = sums("forecast", 365, 1, 3, wanted);
    const rows = [];
    const columns = Array.from({ length: 53 }, (_, i) => {
      const week = days.slice(7 * i, 7 * i + 7).reduce((a, b) => a.map((value, k) => value + b[k]), [0, 0, 0]);
      const first = data.today + 7 * i;
      if (week[0]) rows.push([iso(first), ...dueCells(week)]);
      return { values: [week[0] - week[1], week[1]], says: dueWords("Week from " + shortDate(first), week),
        label: i ? (i % 8 ? "" : shortDate(first)) : "today", minor: i % 16 !== 0 };
    });
    return { nodes: barChart("Cards due in each week of the next 365 days.", columns, DUE), rows };
  },
  retention(wanted, bands) {
    const [young, mature] = sums("maturity", 1, 2, 3, wanted, bands);
    const all = young.map((value, k) => value + mature[k]);
    const parts = [["All", all], ["Young cards", young], ["Mature cards", mature]].map(([label, part]) => [label, makeShare(...part)]);
    const ticks = [{ at: 0, text: "0 %", anchor: "start" }, { at: 50, text: "50 %", anchor: "middle" }, { at: 100, text: "100 %", anchor: "end" }];
    const spans = parts.map(([label, share]) => share.total
      ? { label, middle: 100 * share.value, inner: [100 * share.low, 100 * share.high], expected: 100 * share.expected,
          text: percent(share.value) + " of " + number(share.total), says: label + ": " + shareTold(share) }
      : { label, middle: null, text: "no data", says: label + ": no data" });
    return { nodes: spanChart(spans, ticks), rows: parts.map(([label, share]) => [label, ...shareCells(share)]) };
  },
  weeks(wanted, bands) {
    const size = Math.floor((data.today - data.firstWeek) / (7 * data.each)) + 1;
    const limit = [28, 91, 364, Infinity][bands - 1];
    const shares = sums("weeks", size, 1, 3, wanted).map((cell) => makeShare(...cell));
    const first = shares.findIndex((_, i) => data.today - data.firstWeek - 7 * data.each * i < limit);
    const kept = shares.slice(first);
    const slot = 100 / kept.length;
    const name = data.each === 1 ? "Week of" : data.each + " weeks from";
    const start = (i) => data.firstWeek + 7 * data.each * (first + i);
    const points = kept.map((share, i) => ({ x: i * slot + slot / 2, share, says: name + " " + shortDate(start(i)) + ": " + shareTold(share), i }))
      .filter((point) => point.share.total);
    if (!points.length) return { nodes: nothing("No answer to a card seen before."), rows: [] };
    const stride = Math.max(Math.floor(kept.length / 6), 1);
    const ticks = kept.flatMap((_, i) => {
      const back = kept.length - 1 - i;
      return back % stride ? [] : [nearEdge(i * slot + slot / 2, shortDate(start(i)), back % (2 * stride) !== 0)];
    });
    return {
      nodes: dotChart("True retention over time, " + points.length + " points.", points, ticks, floorOf(points.map((point) => point.share)), true,
        points.map((point) => [point.x, point.share.expected])),
      rows: points.slice().reverse().map((point) => [iso(start(point.i)), ...shareCells(point.share)]),
    };
  },
  calibration(wanted, bands) {
    const size = data.edges.length - 1;
    const parts = sums("calibration", 1, size, 3, wanted, bands).map((cell, i) => ({ share: makeShare(...cell), i })).filter((part) => part.share.total);
    if (!parts.length) return { nodes: nothing("No answer to a card seen before."), rows: [] };
    const floor = Math.min(floorOf(parts.map((part) => part.share)), data.edges[parts[0].i] >= 0.5 ? 0.5 : 0);
    const range = (i) => percent(data.edges[i]) + " to " + percent(data.edges[i + 1]);
    const points = parts.map(({ share, i }) => ({ x: place(share.expected, floor, 1, 0, 100), share, says: "Expected " + range(i) + ": " + shareTold(share) }));
    const ticks = shareTicks(floor).map((value) => nearEdge(place(value, floor, 1, 0, 100), percent(value), false));
    return { nodes: dotChart("Expected against measured recall.", points, ticks, floor, false, [[0, floor], [100, 1]]),
      rows: parts.map(({ share, i }) => [range(i), ...shareCells(share)]) };
  },
  mastery(wanted, bands) {
    const limit = [28, 91, 364, Infinity][bands - 1];
    const steps = sums("mastery", data.looks.length, 3, 1, wanted);
    const now = [0, 0, 0];
    const looks = data.looks.map((day, i) => {
      for (let k = 0; k < 3; k += 1) now[k] += steps[3 * i + k][0];
      return { day, values: [now[2], now[1], now[0]] };
    }).filter((look) => data.today - look.day < limit);
    const stride = Math.max(Math.floor(looks.length / 6), 1);
    const columns = looks.map((look, i) => {
      const back = looks.length - 1 - i;
      const [mature, young, learning] = look.values.map(number);
      return { values: look.values, says: longDate(look.day) + ": " + mature + " mature, " + young + " young, " + learning + " learning",
        label: back % stride ? "" : look.day === data.today ? "today" : shortDate(look.day), minor: back % (2 * stride) !== 0 };
    });
    return { nodes: barChart("Cards by maturity over time.", columns, [["mature", "mature"], ["young", "young"], ["learning", "learning"]]),
      rows: looks.slice().reverse().map((look) => [iso(look.day), ...look.values.map(number)]) };
  },
  intervals: (wanted) => binned("intervals", "Cards by interval", wanted),
  eases: (wanted) => binned("eases", "Cards by ease factor", wanted),
  hours(wanted, bands) {
    const rows = [];
    const columns = sums("hours", 1, 24, 3, wanted, bands).map(([answers, total, recalled], hour) => {
      const share = makeShare(total, recalled, 0);
      const name = String(hour).padStart(2, "0") + ":00";
      if (answers) rows.push([name, number(answers), ...shareCells(share).slice(0, 4)]);
      return { values: [answers], label: hour % 3 ? "" : name, minor: hour % 6 !== 0, says: name + " to " + String(hour + 1).padStart(2, "0") + ":00: " +
        counted(answers, "answer") + (total ? ", " + percent(share.value) + " of " + number(total) + " recalled" : "") };
    });
    return { nodes: barChart("Answers by hour of the day.", columns, [["solid", "answers"]]), rows };
  },
  kinds(wanted, bands) {
    const [quickest, perOctave, size] = data.times;
    const found = data.kinds.map((kind, k) => {
      const own = wanted.map((is, group) => is && data.groups[group][1] === k);
      const bins = sums("times", 1, size, 1, own, bands).map((cell) => cell[0]);
      const total = bins.reduce((a, b) => a + b, 0);
      const quantile = (q) => {
        let left = q * total;
        for (let i = 0; i < size; i += 1) {
          if (bins[i] && left <= bins[i]) return quickest * 2 ** ((i + left / bins[i]) / perOctave);
          left -= bins[i];
        }
        return quickest;
      };
      return { kind, total, points: [0.1, 0.25, 0.5, 0.75, 0.9].map(quantile) };
    }).filter((row) => row.total).sort((a, b) => b.points[2] - a.points[2]);
    if (!found.length) return { nodes: nothing("No timed answer."), rows: [] };
    const marks = timeTicks(Math.max(Math.min(...found.map((row) => row.points[0])), 0.1), Math.max(...found.map((row) => row.points[4])));
    const last = marks.length - 1;
    const at = (seconds) => place(Math.log(Math.max(seconds, marks[0])), Math.log(marks[0]), Math.log(marks[last]), 0, 100);
    const stride = Math.ceil(marks.length / 5);
    const ticks = marks.flatMap((time, i) => (last - i) % stride ? [] : [{ at: at(time), text: duration(time).replace(".0", ""), anchor: i ? (i === last ? "end" : "middle") : "start" }]);
    const spans = found.map(({ kind, total, points: [p10, p25, median, p75, p90] }) => ({
      label: kind, middle: at(median), inner: [at(p25), at(p75)], outer: [at(p10), at(p90)], text: duration(median),
      says: kind + ": median " + duration(median) + ", half of them " + duration(p25) + " to " + duration(p75) + ", " + counted(total, "answer"),
    }));
    return { nodes: spanChart(spans, ticks), rows: found.map((row) => [row.kind, number(row.total), ...row.points.map(duration), "–"]) };
  },
  year(wanted) {
    const measure = document.getElementById("measure").value;
    const days = sums("days", 53 * 7, 1, 3, wanted);
    const value = ([reviews, practice, seconds]) => measure === "minutes" ? seconds / 60 : reviews + practice;
    const rest = [...document.querySelectorAll("#year .axis")].map((axis) => axis.cloneNode(true));
    const months = [...document.querySelectorAll("#year .plot > text")].map((text) => text.cloneNode(true));
    const held = days.map(value).filter((count) => count > 0).sort((a, b) => a - b);
    const starts = held.length ? [1, 2, 3].map((k) => {
      const position = (held.length - 1) * k / 4;
      const below = Math.floor(position);
      return held[below] + (held[Math.min(below + 1, held.length - 1)] - held[below]) * (position - below);
    }) : [];
    const slot = 100 / 53;
    const width = slot * 12 / 15;
    const weeks = new Map();
    const cells = [];
    for (let day = data.firstDay; day <= data.today; day += 1) {
      const at = day - data.firstDay;
      const x = Math.floor(at / 7) * slot;
      const y = 18 + (at % 7) * 15;
      const [reviews, practice, seconds] = days[at];
      const ground = draw("rect", { class: "ground", x: across(x), y: down(y), width: across(width), height: 12 });
      const count = value(days[at]);
      if (reviews + practice) {
        const week = weeks.get(day - at % 7) || [0, 0, 0, 0];
        weeks.set(day - at % 7, [week[0] + 1, week[1] + reviews, week[2] + practice, week[3] + seconds]);
      }
      if (count <= 0) {
        cells.push(ground);
        continue;
      }
      const level = starts.filter((start) => start <= count).length + 1;
      const side = [0, 0.5, 0.66, 0.83, 1][level];
      cells.push(mark(longDate(day) + ": " + counted(reviews + practice, "answer") + (seconds ? ", " + duration(seconds) : ""), ground,
        draw("rect", { class: "l" + level, x: across(x + width * (1 - side) / 2), y: down(y + 12 * (1 - side) / 2), width: across(width * side), height: down(12 * side) })));
    }
    const legend = [...document.querySelectorAll("#year p.legend")].map((one) => one.cloneNode(true));
    return {
      nodes: [make("div", { class: "chart" }, ...rest, plotted("123.0", "Each day of the last 53 weeks, by " + measure + ".", ...months, ...cells)), ...legend],
      rows: [...weeks].reverse().map(([day, week]) => [iso(day), ...week.slice(0, 3).map(number), duration(week[3])]),
    };
  },
};
function binned(name, says, wanted) {
  const edges = data[name];
  const names = document.querySelectorAll("#" + name + " tbody th");
  const labels = [...document.querySelectorAll("#" + name + " .plot > text")].map((text) => text.textContent);
  const cells = sums(name, 1, edges.length, 1, wanted);
  const columns = cells.map(([cards], i) => ({ values: [cards], says: names[i].textContent + ": " + counted(cards, "card"), label: labels[i], minor: i % 2 !== 0 }));
  return { nodes: barChart(says, columns, [["solid", "cards"]]), rows: cells.map(([cards], i) => [names[i].textContent, number(cards)]) };
}
