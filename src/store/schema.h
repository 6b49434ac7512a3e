/* The numbered migrations of src/store/schema/, embedded by the build. */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

/* schema_migrations[n] brings a database from user_version n to n + 1. */
extern const char *const schema_migrations[];
extern const int schema_migration_count;

#endif
