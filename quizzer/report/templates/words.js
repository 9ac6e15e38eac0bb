// Numbers and days in words: the same rules as quizzer/stats/words.py and quizzer/stats/shares.py.
"use strict";
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const number = (value) => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
const counted = (value, one) => number(value) + " " + one + (value === 1 ? "" : "s");
const percent = (value) => {
  if (value === null) return "–";
  let whole = Math.floor(value * 100 + 0.5);
  if (value > 0 && value < 1) whole = Math.min(Math.max(whole, 1), 99);
  return whole + " %";
};
const duration = (seconds) => {
  if (seconds < 9.95) return seconds.toFixed(1) + " s";
  if (seconds < 59.5) return seconds.toFixed(0) + " s";
  const minutes = Math.floor(seconds / 60 + 0.5);
  if (minutes < 60) return minutes + " min";
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return rest && hours < 10 ? hours + " h " + rest + " min" : number(Math.round(minutes / 60)) + " h";
};
const dateOf = (day) => new Date(day * 86400000);
const iso = (day) => dateOf(day).toISOString().slice(0, 10);
const shortDate = (day) => dateOf(day).getUTCDate() + " " + MONTHS[dateOf(day).getUTCMonth()];
const longDate = (day) => WEEKDAYS[dateOf(day).getUTCDay()] + " " + shortDate(day) + " " + dateOf(day).getUTCFullYear();
const makeShare = (total, recalled, expected) => {
  // Wilson's interval at 95 %.
  const z = 1.959963984540054;
  if (!total) return { total, recalled, value: null, low: 0, high: 1, expected: null };
  const p = recalled / total;
  const scale = 1 + z * z / total;
  const middle = (p + z * z / (2 * total)) / scale;
  const half = z * Math.sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / scale;
  const low = recalled === 0 ? 0 : Math.max(0, middle - half);
  const high = recalled === total ? 1 : Math.min(1, middle + half);
  return { total, recalled, value: p, low, high, expected: expected / 1000 / total };
};
const shareTold = (share) => percent(share.value) + " of " + counted(share.total, "answer") + ", 95 % interval " +
  percent(share.low) + " to " + percent(share.high) + (share.expected === null ? "" : "; " + percent(share.expected) + " expected");
const shareCells = (share) => [number(share.recalled), number(share.total), percent(share.value),
  share.total ? percent(share.low) + " – " + percent(share.high) : "–", percent(share.expected)];
