/** The tables of a store, for any database: it says how it writes its types. */
export const createTables = ({ integer, text }: { readonly integer: string; readonly text: string }): string => `
  CREATE TABLE webhooks (
    id            ${text} PRIMARY KEY,
    url           ${text} NOT NULL,
    description   ${text},
    filter        ${text} NOT NULL,
    paused        ${integer} NOT NULL,
    disabled      ${text},
    secret        ${text} NOT NULL,
    former_secret ${text},
    former_until  ${integer},
    created_at    ${integer} NOT NULL,
    changed_at    ${integer} NOT NULL,
    feed          ${text} NOT NULL,
    position      ${integer} NOT NULL,
    recorded_at   ${integer} NOT NULL,
    audience      ${text} NOT NULL,
    round         ${integer} NOT NULL,
    revision      ${integer} NOT NULL,
    streak        ${integer} NOT NULL,
    delivered_at  ${integer},
    failure       ${text},
    claimed_by    ${text},
    claimed_until ${integer} NOT NULL
  );
  CREATE TABLE deliveries (
    webhook   ${text} NOT NULL,
    message   ${text} NOT NULL,
    position  ${integer} NOT NULL,
    type      ${text} NOT NULL,
    change_id ${text},
    body      ${text} NOT NULL,
    attempts  ${integer} NOT NULL,
    first_at  ${integer},
    due_at    ${integer},
    failure   ${text},
    PRIMARY KEY (webhook, message)
  );
  CREATE INDEX deliveries_in_order ON deliveries (webhook, position);
`;
