# Writes python-random.txt with CPython 3.11: seed, method and arguments, then the values of successive calls.
import random

with open("python-random.txt", "w") as out:
    for seed in (0, 1, 2, 3, 42, -1, -42, 2**31, 2**32 - 1, 2**32, 2**32 + 1, 123456789012345678, -123456789012345678,
                 2**63 - 1, -(2**63)):
        calls = [("random", (), 700), ("getrandbits", (1,), 5), ("getrandbits", (31,), 5), ("getrandbits", (32,), 5),
                 ("getrandbits", (33,), 5), ("getrandbits", (63,), 5), ("randrange", (1,), 3), ("randrange", (7,), 20),
                 ("randrange", (50099,), 10), ("randrange", (2**32,), 5), ("randrange", (2**40 + 1,), 5),
                 ("randint", (-3, 3), 20)]
        for method, arguments, count in calls:
            stream = random.Random(seed)
            values = [getattr(stream, method)(*arguments) for _ in range(count)]
            if method == "random":
                values = values[:3] + values[-3:]  # the last three come after the first twist
            print(seed, method, ",".join(map(str, arguments)) or "-", *map(repr, values), file=out)
