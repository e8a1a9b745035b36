-- The papers of an organization are found by its short or its full name.
CREATE INDEX "Paper_organizationName_idx" ON "Paper"("organizationName");
CREATE INDEX "Paper_organizationFull_idx" ON "Paper"("organizationFull");
