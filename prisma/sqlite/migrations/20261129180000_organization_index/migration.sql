-- The papers of an organization are found by its full name, or by its short one, which has an index already.
CREATE INDEX "Paper_organizationFull_idx" ON "Paper"("organizationFull");
