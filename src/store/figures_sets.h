/* The sets of figures, each in the file of its name; figures.c puts them in order. */
#ifndef STORE_FIGURES_SETS_H
#define STORE_FIGURES_SETS_H

#include "store/figures.h"

extern const struct figure_set figures_today, figures_backlog, figures_moderators, figures_voices,
    figures_answers, figures_promise;

#endif
