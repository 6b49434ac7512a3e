/* The table of terminals. The answers are those that were recorded on Debian 12. */
#include "screens/identity.h"

#include <string.h>

#define ALIVE "\033[0n"
#define BLACK "\033]11;rgb:0000/0000/0000\033\\"
#define WHITE "\033]11;rgb:ffff/ffff/ffff\033\\"

#define PUTTY ALIVE "PuTTY\033[>0;136;0c\033[?6c"
#define VTE ALIVE "\033[>65;7006;1c" BLACK "\033[?65;1;9c"
#define XTERM ALIVE "\033P>|XTerm(379)\033\\\033[>41;379;0c" WHITE "\033[?64;1;2;6;9;15;22c"
#define MLTERM ALIVE "\033[>24;279;0c" WHITE "\033[?63;1;2;3;4;6;7;15;18;22;29c"
#define TMUX ALIVE "\033P>|tmux 3.3a\033\\\033[>84;0;0c\033[?1;2c"
#define SCREEN ALIVE "\033[>83;40900;0c\033[?1;2c"

static const struct identity identities[] = {
    {.name = "putty", .answers = PUTTY, .profile = &wire_profile_putty},
    {.name = "putty-late", .answers = PUTTY, .profile = &wire_profile_putty, .late = true},
    {.name = "mlterm", .answers = MLTERM, .profile = &wire_profile_mlterm},
    {.name = "vte", .answers = VTE},
    {.name = "xterm", .answers = XTERM},
    {.name = "silent"},
    {.name = "unheard-of", .answers = ALIVE "\033[>7;77;0c\033[?6c"},
    {.name = "unheard-of-reordering",
     .answers = ALIVE "\033[>7;77;0c\033[?6c",
     .profile = &wire_profile_putty},
    {.name = "tmux-alone", .answers = TMUX, .between = MULTIPLEXER_TMUX},
    {.name = "tmux-in-putty",
     .answers = TMUX,
     .between = MULTIPLEXER_TMUX,
     .outer_answers = PUTTY,
     .profile = &wire_profile_putty},
    {.name = "tmux-in-vte",
     .answers = TMUX,
     .between = MULTIPLEXER_TMUX,
     .outer_answers = VTE,
     .profile = &wire_profile_vte},
    {.name = "screen-in-mlterm",
     .answers = SCREEN,
     .between = MULTIPLEXER_SCREEN,
     .outer_answers = MLTERM,
     .profile = &wire_profile_mlterm},
    {.name = "screen-in-xterm",
     .answers = SCREEN,
     .between = MULTIPLEXER_SCREEN,
     .outer_answers = XTERM},
};

const struct identity *identity_named(const char *name)
{
    for (size_t i = 0; i < sizeof identities / sizeof identities[0]; i++) {
        if (strcmp(name, identities[i].name) == 0)
            return &identities[i];
    }
    return NULL;
}
