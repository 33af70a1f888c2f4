package org.rankgrid.numerics;

/**
 * The random stream of Python's {@code random.Random(seed)}, bit for bit (CPython 3.2 and later): the Mersenne twister
 * MT19937 of Matsumoto and Nishimura (1998) and the few methods the field's reference codes draw from it. Not safe for use
 * by several threads.
 */
public final class PythonRandom {

    private static final int N = 624;
    private static final int M = 397;
    private static final int MATRIX_A = 0x9908b0df;
    private static final int UPPER_MASK = 0x80000000;
    private static final int LOWER_MASK = 0x7fffffff;

    private final int[] state = new int[N];
    private int next = N;
    private double spareNormal = Double.NaN;

    /** The stream of an integer seed. As in Python, a seed and its negative give the same stream. */
    public PythonRandom(long seed) {
        // The absolute value as an unsigned number, so that the smallest long has one too.
        long magnitude = seed < 0 ? -seed : seed;
        int low = (int) magnitude;
        int high = (int) (magnitude >>> 32);
        initialiseBy(high == 0 ? new int[] {low} : new int[] {low, high});
    }

    /** A real number in [0, 1) with 53 random bits. */
    public double random() {
        long a = Integer.toUnsignedLong(nextWord()) >>> 5;
        long b = Integer.toUnsignedLong(nextWord()) >>> 6;
        return (a * 67108864.0 + b) / 9007199254740992.0;
    }

    /**
     * A whole number of so many random bits.
     *
     * @param bits 0 to 63
     * @throws IllegalArgumentException if bits is out of range
     */
    public long getrandbits(int bits) {
        if (bits < 0 || bits > 63) {
            throw new IllegalArgumentException(bits + " random bits asked for, 0 to 63 can be had");
        }
        if (bits == 0) {
            return 0;
        }
        if (bits <= 32) {
            return Integer.toUnsignedLong(nextWord() >>> (32 - bits));
        }
        long low = Integer.toUnsignedLong(nextWord());
        long high = Integer.toUnsignedLong(nextWord() >>> (64 - bits));
        return (high << 32) | low;
    }

    /**
     * A whole number in [0, n).
     *
     * @throws IllegalArgumentException if n is not positive
     */
    public long randrange(long n) {
        if (n < 1) {
            throw new IllegalArgumentException("no number lies in [0, " + n + ")");
        }
        int bits = 64 - Long.numberOfLeadingZeros(n);
        long drawn = getrandbits(bits);
        while (drawn >= n) {
            drawn = getrandbits(bits);
        }
        return drawn;
    }

    /**
     * A whole number from first to last, both included.
     *
     * @throws IllegalArgumentException if last is before first
     * @throws ArithmeticException if more than 2<sup>63</sup> - 1 numbers lie between them
     */
    public long randint(long first, long last) {
        return first + randrange(Math.addExact(Math.subtractExact(last, first), 1));
    }

    /** A normally distributed number of mean 0 and deviation 1: {@code gauss(0, 1)}, which draws two at a time. */
    public double gauss() {
        double normal = spareNormal;
        spareNormal = Double.NaN;
        if (Double.isNaN(normal)) {
            double angle = random() * 2 * Math.PI;
            double radius = Math.sqrt(-2 * Math.log(1 - random()));
            normal = Math.cos(angle) * radius;
            spareNormal = Math.sin(angle) * radius;
        }
        return normal;
    }

    private void initialiseBy(int[] key) {
        initialise(19650218);
        int i = 1;
        int j = 0;
        for (int rounds = Math.max(N, key.length); rounds > 0; rounds--) {
            state[i] = (state[i] ^ (previousMixed(i) * 1664525)) + key[j] + j;
            i = advance(i);
            j = (j + 1) % key.length;
        }
        for (int rounds = N - 1; rounds > 0; rounds--) {
            state[i] = (state[i] ^ (previousMixed(i) * 1566083941)) - i;
            i = advance(i);
        }
        state[0] = UPPER_MASK;
    }

    private void initialise(int seed) {
        state[0] = seed;
        for (int i = 1; i < N; i++) {
            state[i] = 1812433253 * previousMixed(i) + i;
        }
    }

    private int previousMixed(int i) {
        return state[i - 1] ^ (state[i - 1] >>> 30);
    }

    private int advance(int i) {
        if (i + 1 < N) {
            return i + 1;
        }
        state[0] = state[N - 1];
        return 1;
    }

    private int nextWord() {
        if (next == N) {
            twist();
        }
        int y = state[next++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >>> 18);
    }

    private void twist() {
        for (int i = 0; i < N; i++) {
            int y = (state[i] & UPPER_MASK) | (state[(i + 1) % N] & LOWER_MASK);
            state[i] = state[(i + M) % N] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : MATRIX_A);
        }
        next = 0;
    }
}
