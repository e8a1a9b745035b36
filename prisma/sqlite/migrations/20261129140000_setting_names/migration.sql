-- Settings are called what the site calls them.
UPDATE "Reader" SET "settings" = replace(replace(replace(replace(replace("settings",
  '"density":"lines"', '"density":"compact"'),
  '"density":"abstracts"', '"density":"full"'),
  '"passing":"moving"', '"markSeen":"passed"'),
  '"passing":"scrolling"', '"markSeen":"scrolled"'),
  '"passing":"nothing"', '"markSeen":"opened"');
UPDATE "Change" SET "settings" = replace(replace(replace(replace(replace("settings",
  '"density":"lines"', '"density":"compact"'),
  '"density":"abstracts"', '"density":"full"'),
  '"passing":"moving"', '"markSeen":"passed"'),
  '"passing":"scrolling"', '"markSeen":"scrolled"'),
  '"passing":"nothing"', '"markSeen":"opened"')
  WHERE "settings" IS NOT NULL;
