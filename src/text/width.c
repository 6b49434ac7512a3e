/* Columns of a code point, as terminals count them (UAX #11 through libunistring). */
#include "text/cluster.h"

#include <unictype.h>
#include <uniwidth.h>

unsigned codepoint_width(uint32_t codepoint)
{
    if (codepoint >= 0x20 && codepoint < 0x7f)
        return 1;
    /* libunistring gives a few newer nonspacing vowel signs a column of their own; terminals do
     * not. */
    if (uc_is_general_category_withtable(codepoint, UC_CATEGORY_MASK_Mn | UC_CATEGORY_MASK_Me))
        return 0;
    int width = uc_width(codepoint, "UTF-8");
    return width > 0 ? (unsigned)width : 0;
}
