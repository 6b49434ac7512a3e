/* Coefficients of agreement. */
#include "store/agreement.h"

static int64_t thousandths(double value)
{
    const double whole = 1000.0, half = 0.5;
    return (int64_t)(value * whole + (value < 0 ? -half : half));
}

int64_t agreement_kappa(const int64_t *counts, size_t categories)
{
    double total = 0, agreed = 0, expected = 0;
    for (size_t i = 0; i < categories * categories; i++)
        total += (double)counts[i];
    if (total <= 0)
        return AGREEMENT_NONE;
    for (size_t c = 0; c < categories; c++) {
        double one = 0, other = 0;
        for (size_t d = 0; d < categories; d++) {
            one += (double)counts[c * categories + d];
            other += (double)counts[d * categories + c];
        }
        agreed += (double)counts[c * categories + c];
        expected += one * other;
    }
    /* In counts, so that what is equal is exactly so: expected / total is the number expected. */
    if (expected >= total * total)
        return AGREEMENT_NONE;
    return thousandths((agreed * total - expected) / (total * total - expected));
}

int64_t agreement_alpha(const int64_t *values, size_t units, size_t categories)
{
    double total = 0, alike = 0, by_chance = 0;
    for (size_t c = 0; c < categories; c++) {
        double used = 0;
        for (size_t unit = 0; unit < units; unit++) {
            double raters = 0, here = (double)values[unit * categories + c];
            for (size_t d = 0; d < categories; d++)
                raters += (double)values[unit * categories + d];
            if (raters < 2)
                continue;
            used += here;
            alike += here * (here - 1) / (raters - 1);
        }
        total += used;
        by_chance += used * used;
    }
    if (total <= 0 || by_chance >= total * total)
        return AGREEMENT_NONE;
    return thousandths(1 - (total - 1) * (total - alike) / (total * total - by_chance));
}
