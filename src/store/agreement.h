/* How well people agree who judged the same things apart from each other, beyond what chance alone
 * would bring about. Pure: counts in, a coefficient out. */
#ifndef STORE_AGREEMENT_H
#define STORE_AGREEMENT_H

#include <stddef.h>
#include <stdint.h>

enum { AGREEMENT_NONE = INT64_MIN }; /* there is nothing to say: nothing was judged, or all alike */

/* Cohen's kappa of two raters: (observed - expected) / (1 - expected), where expected is the product
 * of how often each of the two uses a category, summed over the categories. J. Cohen, A coefficient
 * of agreement for nominal scales, Educational and Psychological Measurement 20 (1960), 37-46.
 *
 * counts      counts[a * categories + b]: things the one put in category a and the other in b
 * Returns thousandths, rounded, from -1000 to 1000; AGREEMENT_NONE when there is none or when both
 * use one and the same category alone, as chance then explains everything. */
int64_t agreement_kappa(const int64_t *counts, size_t categories);

/* Krippendorff's alpha for nominal data: 1 - (n - 1) * (n - sum o_cc) / (n * n - sum n_c * n_c),
 * where o are coincidences and n_c their sums. K. Krippendorff, Computing Krippendorff's
 * Alpha-Reliability (2011), section C, equation for nominal data; any number of raters, who need not
 * have judged everything.
 *
 * values      values[unit * categories + c]: how many raters put the unit in category c. A unit that
 *             fewer than two judged counts for nothing.
 * Returns as agreement_kappa(). */
int64_t agreement_alpha(const int64_t *values, size_t units, size_t categories);

#endif
