/* A byte string that grows by doubling. */
#include "base/buffer.h"

#include "base/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static void reserve(struct buffer *buffer, size_t more)
{
    if (more > SIZE_MAX / 4 - buffer->size)
        memory_exhausted();
    size_t needed = buffer->size + more;
    if (needed <= buffer->capacity)
        return;
    size_t capacity = buffer->capacity ? buffer->capacity : 64;
    while (capacity < needed)
        capacity *= 2;
    buffer->data = memory_resize(buffer->data, capacity, 1);
    buffer->capacity = capacity;
}

void buffer_add(struct buffer *buffer, struct str s)
{
    if (s.size == 0)
        return;
    reserve(buffer, s.size);
    memcpy(buffer->data + buffer->size, s.data, s.size);
    buffer->size += s.size;
}

void buffer_add_byte(struct buffer *buffer, char byte)
{
    buffer_add(buffer, (struct str){&byte, 1});
}

void buffer_printf(struct buffer *buffer, const char *format, ...)
{
    va_list list, again;
    va_start(list, format);
    va_copy(again, list);
    int size = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (size > 0) {
        reserve(buffer, (size_t)size + 1);
        vsnprintf(buffer->data + buffer->size, (size_t)size + 1, format, list);
        buffer->size += (size_t)size;
    }
    va_end(list);
}

void buffer_replace(struct buffer *buffer, size_t from, size_t size, struct str s)
{
    reserve(buffer, s.size);
    if (buffer->size > from + size)
        memmove(buffer->data + from + s.size, buffer->data + from + size,
                buffer->size - from - size);
    if (s.size > 0)
        memcpy(buffer->data + from, s.data, s.size);
    buffer->size = buffer->size - size + s.size;
}

const char *buffer_text(struct buffer *buffer)
{
    reserve(buffer, 1);
    buffer->data[buffer->size] = '\0';
    return buffer->data;
}

void buffer_clear(struct buffer *buffer)
{
    buffer->size = 0;
}

void buffer_free(struct buffer *buffer)
{
    free(buffer->data);
    *buffer = (struct buffer){0};
}
