/* What of a row is hashed, and how; nettle makes the hash. */
#include "store/log_hash.h"

#include "base/buffer.h"
#include "store/log_internal.h"

#include <nettle/base16.h>

void log_hash_start(struct log_hash *hash)
{
    sha256_init(&hash->context);
}

void log_hash_add(struct log_hash *hash, struct str part)
{
    if (part.size > 0)
        sha256_update(&hash->context, part.size, (const uint8_t *)part.data);
}

void log_hash_end(struct log_hash *hash, char digits[static LOG_HASH_SIZE + 1])
{
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_digest(&hash->context, sizeof digest, digest);
    base16_encode_update(digits, sizeof digest, digest);
    digits[LOG_HASH_SIZE] = '\0';
}

/* A number, empty for none. */
static void add_id(struct buffer *text, int64_t id)
{
    if (id != 0)
        buffer_printf(text, "%lld", (long long)id);
    buffer_add_byte(text, '\n');
}

void log_hash_row(const struct log_row *row, struct str before,
                  char digits[static LOG_HASH_SIZE + 1])
{
    struct log_hash hash;
    struct buffer text = {0};
    buffer_add(&text, before);
    buffer_printf(&text, "\n%lld\n%lld\n", (long long)row->sequence, (long long)row->at);
    add_id(&text, row->moderator_id);
    buffer_add(&text, row->kind);
    buffer_add_byte(&text, '\n');
    add_id(&text, row->subject_id);
    log_hash_start(&hash);
    log_hash_add(&hash, buffer_str(&text));
    log_hash_add(&hash, row->what);
    log_hash_end(&hash, digits);
    buffer_free(&text);
}

/* majlis_sha256(text): so that a statement can say what a long text was without repeating it. */
static void hash_value(sqlite3_context *context, int count, sqlite3_value **values)
{
    struct log_hash hash;
    char digits[LOG_HASH_SIZE + 1];
    const char *text = sqlite3_value_blob(values[0]);
    (void)count;
    log_hash_start(&hash);
    log_hash_add(&hash, (struct str){text, (size_t)sqlite3_value_bytes(values[0])});
    log_hash_end(&hash, digits);
    sqlite3_result_text(context, digits, LOG_HASH_SIZE, SQLITE_TRANSIENT);
}

int log_register(sqlite3 *database)
{
    return sqlite3_create_function_v2(database, "majlis_sha256", 1,
                                      SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, hash_value, NULL,
                                      NULL, NULL);
}
