package org.rankgrid.results.report;

/** What two-sided 95 % intervals are made with: 0.975 quantiles. */
final class Quantiles {

    /** Of the normal distribution. */
    static final double NORMAL = 1.959963984540054;

    /** Of Student's distribution for 1 to 30 degrees of freedom. */
    private static final double[] STUDENT = {
        12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281, 2.2010, 2.1788, 2.1604, 2.1448,
        2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484,
        2.0452, 2.0423
    };

    private Quantiles() {}

    /**
     * Of Student's distribution; beyond the table the first terms of Cornish and Fisher's expansion, right to four decimals
     * there.
     */
    static double student(int freedom) {
        if (freedom <= STUDENT.length) {
            return STUDENT[freedom - 1];
        }
        double cube = NORMAL * NORMAL * NORMAL;
        return NORMAL
                + (cube + NORMAL) / (4.0 * freedom)
                + (5 * cube * NORMAL * NORMAL + 16 * cube + 3 * NORMAL) / (96.0 * freedom * freedom);
    }
}
