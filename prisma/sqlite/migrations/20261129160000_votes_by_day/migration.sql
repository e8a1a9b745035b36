-- Trending reads the votes of a week.

CREATE INDEX "VotePoint_day_idx" ON "VotePoint"("day");
