-- When each host may next be asked, so that several processes keep its spacing together.

CREATE TABLE "HostTurn" (
    "host" TEXT NOT NULL PRIMARY KEY,
    "freeAt" BIGINT NOT NULL,
    "heldUntil" BIGINT NOT NULL
);
