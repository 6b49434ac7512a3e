/* See crowd_words.h. A word is made from its rank, so that nothing has to be kept. */
#include "bench/crowd_words.h"

#include <math.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* --- Dice --- */

/* SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014. */
static uint64_t mix(uint64_t value)
{
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
    return value ^ (value >> 31);
}

uint64_t crowd_throw(struct crowd_dice *dice)
{
    dice->state += 0x9e3779b97f4a7c15u;
    return mix(dice->state);
}

struct crowd_dice crowd_dice(uint64_t seed, uint64_t matter, uint64_t number)
{
    struct crowd_dice dice = {mix(seed + mix(matter + mix(number + 1)))};
    return dice;
}

uint64_t crowd_under(struct crowd_dice *dice, uint64_t limit)
{
    return crowd_throw(dice) % limit;
}

double crowd_share(struct crowd_dice *dice)
{
    return (double)(crowd_throw(dice) >> 11) * 0x1p-53;
}

uint64_t crowd_rank(struct crowd_dice *dice, uint64_t limit)
{
    uint64_t rank = (uint64_t)exp(crowd_share(dice) * log((double)limit + 1)) - 1;
    return rank < limit ? rank : limit - 1;
}

uint64_t crowd_word_rank(struct crowd_dice *dice)
{
    /* Daily words are half of all, as in print, where Zipf's law alone would make them 40 %. */
    const double flatter = 1.35;
    double share = pow(crowd_share(dice), flatter);
    return (uint64_t)exp(share * log((double)CROWD_WORDS)) - 1;
}

uint64_t crowd_length(struct crowd_dice *dice, double least, double exponent, uint64_t most)
{
    double length = least * pow(1 - crowd_share(dice), -1 / exponent);
    return length < (double)most ? (uint64_t)length : most;
}

/* --- Words --- */

static const char *const arabic_daily[] = {
    "في",    "من",   "على",   "أن",   "إلى",  "عن",   "هذا",  "هذه",  "مع",    "لا",    "ما",
    "التي",  "الذي", "كل",    "نحن",  "كان",  "بعد",  "قبل",  "بين",  "لكن",   "أو",    "ثم",
    "قد",    "إذا",  "عند",   "حتى",  "غير",  "كما",  "هناك", "أيضا", "يجب",   "لماذا", "كيف",
    "جدا",   "أكثر", "اليوم", "ليس",  "يكون", "فقط",  "نرجو", "شكرا", "أنا",   "لدينا", "بدون",
    "يوميا", "بسبب", "خلال",  "الآن", "أمام", "داخل", "بعض",  "تكون", "عندنا", "والله", "ياريت"};

static const char *const arabic_matters[] = {
    "الطريق",  "مواقف",    "السيارات", "المدرسة",  "المستشفى",  "الزحمة",   "الشارع",
    "الحكومة", "الخدمات",  "البيانات", "المواطن",  "المقيم",    "السياسة",  "المشاركة",
    "النقل",   "المترو",   "الحافلات", "الأسعار",  "الإيجار",   "السكن",    "التعليم",
    "الصحة",   "البيئة",   "النفايات", "الحديقة",  "الملاعب",   "الجمهور",  "المسودة",
    "القانون", "المادة",   "القرار",   "الوزارة",  "البلدية",   "الكهرباء", "الماء",
    "الشبكة",  "الإنترنت", "التطبيق",  "الموقع",   "المعاملات", "الأطفال",  "النساء",
    "الشباب",  "العمال",   "الشركات",  "المشاريع", "الميزانية", "الضرائب",  "الرسوم",
    "السلامة", "الإشارة",  "الدوار",   "الجسر",    "النفق",     "المطار",   "الميناء",
    "السوق",   "المسجد",   "الرصيف",   "المشاة",   "الدراجات",  "الإنارة",  "الضوضاء",
    "التلوث",  "الحرارة",  "الأشجار",  "الشاطئ",   "السياحة",   "الثقافة",  "المكتبة",
    "الجامعة", "الطلاب",   "المعلمين", "الأطباء",  "المواعيد",  "الانتظار", "الشكوى",
    "الرد",    "الشفافية", "الاقتراح", "الفكرة",   "التجربة",   "النتيجة",  "التقرير",
    "الخطة",   "المرحلة",  "العدل",    "الثقة"};

static const char *const english_daily[] = {
    "the",     "to",    "and",   "of",   "a",     "in",    "is",    "for",    "it",     "we",
    "that",    "not",   "on",    "are",  "be",    "with",  "this",  "our",    "but",    "have",
    "they",    "at",    "as",    "from", "there", "all",   "or",    "should", "please", "you",
    "more",    "why",   "my",    "when", "what",  "who",   "very",  "need",   "people", "every",
    "can",     "will",  "no",    "so",   "about", "after", "would", "how",    "only",   "too",
    "because", "where", "which", "than", "here"};

static const char *const english_matters[] = {
    "road",       "parking",   "traffic", "school",     "hospital",   "service",  "government",
    "policy",     "draft",     "section", "citizen",    "resident",   "metro",    "bus",
    "driver",     "price",     "rent",    "housing",    "health",     "waste",    "park",
    "stadium",    "public",    "law",     "article",    "decision",   "ministry", "municipality",
    "power",      "water",     "network", "website",    "form",       "child",    "woman",
    "worker",     "company",   "project", "budget",     "fee",        "safety",   "signal",
    "roundabout", "bridge",    "tunnel",  "airport",    "port",       "market",   "pavement",
    "crossing",   "bicycle",   "light",   "noise",      "heat",       "tree",     "beach",
    "visitor",    "culture",   "library", "university", "student",    "teacher",  "doctor",
    "queue",      "complaint", "answer",  "idea",       "experience", "report",   "plan",
    "stage",      "trust",     "data",    "speed",      "bump",       "camera",   "limit",
    "path",       "shade",     "bench",   "playground", "ticket",     "station",  "car"};

static void add(struct buffer *text, const char *word)
{
    buffer_add(text, str_of(word));
}

/* Letters of a root put into a pattern, where the digits stand for the letters. */
static void add_pattern(struct buffer *text, const char *const letters[3], const char *pattern)
{
    for (; *pattern; pattern++) {
        if (*pattern >= '1' && *pattern <= '3')
            add(text, letters[*pattern - '1']);
        else
            buffer_add_byte(text, *pattern);
    }
}

/* What an Arabic word is derived by: a root of three letters, a pattern, what is written before it
 * and behind it. */
static void add_derived_arabic(struct buffer *text, uint64_t number)
{
    static const char *const letters[] = {"ب", "ت", "ج", "ح", "د", "ر", "س", "ش", "ص",
                                          "ط", "ع", "ف", "ق", "ك", "ل", "م", "ن", "ه"};
    static const char *const patterns[] = {"1ا23", "م12و3", "ت12ي3",  "ا1ت2ا3", "م1ا23",
                                           "1123", "12ا3",  "ا12ا3",  "م123",   "1و2ي3",
                                           "ي123", "ت123",  "ا1ن2ا3", "م1ت23",  "است12ا3"};
    static const char *const before[] = {"", "ال", "و", "ب", "لل", "وال", "بال", "ال", ""};
    static const char *const behind[] = {"", "ه", "ها", "هم", "نا", "ات", "ين", "ية", "", "ون"};
    struct crowd_dice dice = {number};
    const char *root[3];
    for (int i = 0; i < 3; i++)
        root[i] = letters[crowd_under(&dice, COUNT(letters))];
    add(text, before[crowd_under(&dice, COUNT(before))]);
    add_pattern(text, root, patterns[crowd_under(&dice, COUNT(patterns))]);
    add(text, behind[crowd_under(&dice, COUNT(behind))]);
}

static void add_syllables(struct buffer *text, struct crowd_dice *dice)
{
    static const char *const first[] = {"al", "ba", "da", "fa", "ha", "ka", "la", "ma",  "na",
                                        "ra", "sa", "ta", "wa", "za", "mu", "ru", "sha", "kho"};
    static const char *const last[] = {"m", "n", "r", "d", "b", "sh", "k", "lla", "ra", "ya", "ri"};
    uint64_t count = 2 + crowd_under(dice, 2);
    for (uint64_t i = 0; i < count; i++)
        add(text, first[crowd_under(dice, COUNT(first))]);
    add(text, last[crowd_under(dice, COUNT(last))]);
}

static void add_derived_english(struct buffer *text, uint64_t number)
{
    static const char *const before[] = {"", "", "", "", "", "re", "un", "over", "pre", "non"};
    static const char *const behind[] = {"",   "s",    "ed",   "ing", "er",   "ers",
                                         "al", "ment", "able", "ly",  "ness", "less"};
    struct crowd_dice dice = {number};
    if (crowd_under(&dice, 2) == 0) {
        add_syllables(text, &dice);
        return;
    }
    add(text, before[crowd_under(&dice, COUNT(before))]);
    add(text, english_matters[crowd_under(&dice, COUNT(english_matters))]);
    if (crowd_under(&dice, 3) == 0)
        add(text, english_matters[crowd_under(&dice, COUNT(english_matters))]);
    add(text, behind[crowd_under(&dice, COUNT(behind))]);
}

void crowd_add_word(struct buffer *text, enum crowd_language language, uint64_t rank)
{
    bool arabic = language == CROWD_ARABIC;
    const char *const *daily = arabic ? arabic_daily : english_daily;
    const char *const *matters = arabic ? arabic_matters : english_matters;
    size_t daily_count = arabic ? COUNT(arabic_daily) : COUNT(english_daily);
    size_t matter_count = arabic ? COUNT(arabic_matters) : COUNT(english_matters);
    if (rank < daily_count)
        add(text, daily[rank]);
    else if (rank < daily_count + matter_count)
        add(text, matters[rank - daily_count]);
    else if (arabic)
        add_derived_arabic(text, rank);
    else
        add_derived_english(text, rank);
}

/* --- Names and titles --- */

void crowd_add_name(struct buffer *text, enum crowd_language language, uint64_t number)
{
    static const char *const arabic_first[] = {"أحمد",    "محمد", "فاطمة", "مريم", "علي",  "سارة",
                                               "يوسف",    "نورة", "خالد",  "هند",  "ناصر", "لطيفة",
                                               "عبدالله", "موزة", "حمد",   "شيخة", "جاسم", "عائشة"};
    static const char *const arabic_last[] = {"الكواري", "المري",   "الهاجري", "النعيمي", "السليطي",
                                              "العلي",   "المهندي", "الدوسري", "حسن",     "إبراهيم",
                                              "منصور",   "الخليفي", "صالح",    "العمادي"};
    static const char *const english_first[] = {"Anna", "Ravi",  "John", "Maria", "Bijoy", "Grace",
                                                "Omar", "Linda", "Ali",  "Sunil", "Peter", "Rosa",
                                                "Hana", "Paul",  "Noor", "Tom",   "Aisha", "Chen"};
    static const char *const english_last[] = {"Kumar",  "Smith", "Santos", "Brown",  "Haddad",
                                               "Khan",   "Nair",  "Thomas", "Garcia", "Lee",
                                               "Wilson", "Reyes", "Patel",  "Jones"};
    bool arabic = language == CROWD_ARABIC;
    struct crowd_dice dice = {number};
    const char *const *first = arabic ? arabic_first : english_first;
    const char *const *last = arabic ? arabic_last : english_last;
    add(text, first[crowd_under(&dice, COUNT(arabic_first))]);
    buffer_add_byte(text, ' ');
    add(text, last[crowd_under(&dice, COUNT(arabic_last))]);
    /* Many share a name; many more tell themselves apart. */
    if (crowd_under(&dice, 2) == 0)
        buffer_printf(text, " %d", (int)crowd_under(&dice, 1000));
}

void crowd_add_title(struct buffer *text, enum crowd_language language, uint64_t number)
{
    static const char *const arabic[] = {"مسودة سياسة", "خطة",    "تطوير",   "مستقبل",
                                         "تحسين",       "مراجعة", "ميزانية", "تنظيم"};
    static const char *const english[] = {
        "Draft policy:", "A plan for:",  "Developing:", "The future of:",
        "Improving:",    "A review of:", "Budget for:", "Regulation of:"};
    struct crowd_dice dice = {number};
    size_t kind = crowd_under(&dice, COUNT(arabic));
    add(text, language == CROWD_ARABIC ? arabic[kind] : english[kind]);
    buffer_add_byte(text, ' ');
    add(text, language == CROWD_ARABIC
                  ? arabic_matters[crowd_under(&dice, COUNT(arabic_matters))]
                  : english_matters[crowd_under(&dice, COUNT(english_matters))]);
    buffer_printf(text, " (%d)", (int)number + 1);
}
