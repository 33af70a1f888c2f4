package org.rankgrid.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rankgrid.engine.cache.CacheEntry;
import org.rankgrid.engine.run.Installation;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.report.Table;
import org.rankgrid.spi.report.Table.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rankgrid cache}. */
@Command(
        name = "cache",
        description = "What the caches of calibrations and decompositions hold and cost.",
        subcommands = {CacheCommand.ListEntries.class, CacheCommand.Prune.class})
final class CacheCommand {

    private CacheCommand() {}

    private static Table table(String title, List<CacheEntry.Facts> entries, String total) {
        return new Table(
                title,
                List.of(
                        new Column("entry", false),
                        new Column("stage", false),
                        new Column("holds", false),
                        new Column("size", true),
                        new Column("state", false),
                        new Column("unused for", true)),
                entries.stream()
                        .map(entry -> List.of(
                                entry.name(),
                                entry.stage().name().toLowerCase(Locale.ROOT),
                                entry.title(),
                                Sizes.text(entry.bytes()),
                                entry.complete() ? "complete" : "partial",
                                TerminalProgress.duration(Duration.between(entry.lastUsed(), Instant.now()))))
                        .toList(),
                List.of(total));
    }

    private static long bytes(List<CacheEntry.Facts> entries) {
        return entries.stream().mapToLong(CacheEntry.Facts::bytes).sum();
    }

    /** {@code rankgrid cache list}. */
    @Command(name = "list", description = "Lists the entries, the most recently used first.")
    static final class ListEntries implements Callable<Integer> {

        @Mixin
        private final PlaceOptions places = new PlaceOptions();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            Installation installation = places.here(output.err());
            List<CacheEntry.Facts> entries = installation.cache().entries().stream()
                    .map(CacheEntry::facts)
                    .toList();
            String total =
                    Sizes.text(bytes(entries)) + " in " + installation.cache().root();
            output.print(installation.plugins(), table("cache", entries, total));
            return ExitCode.OK;
        }
    }

    /** {@code rankgrid cache prune}. */
    @Command(
            name = "prune",
            description =
                    "Deletes entries; results of grids are not touched, and what is deleted is computed again when"
                            + " it is needed.")
    static final class Prune implements Callable<Integer> {

        @Option(names = "--unused", paramLabel = "DAYS", description = "Delete what was not used for so many days.")
        private @Nullable Integer days;

        @Option(
                names = "--keep",
                paramLabel = "SIZE",
                description = "Delete the least recently used entries until at most this much is left, such as 2GB.")
        private @Nullable String keep;

        @Option(names = "--all", description = "Delete everything.")
        private boolean all;

        @Mixin
        private final PlaceOptions places = new PlaceOptions();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            if (days == null && keep == null && !all) {
                throw new InputException("say what to delete: --unused DAYS, --keep SIZE or --all");
            }
            if (days != null && days < 0) {
                throw new InputException("--unused " + days + " is not a number of days of 0 or more");
            }
            Installation installation = places.here(output.err());
            Duration unused = days == null ? Duration.ofDays(36_500) : Duration.ofDays(days);
            long kept = all ? 0 : keep == null ? Long.MAX_VALUE : Sizes.parse("--keep", keep);
            List<CacheEntry.Facts> deleted = installation.cache().prune(unused, kept);
            String total = Sizes.text(bytes(deleted)) + " freed in "
                    + installation.cache().root();
            output.print(installation.plugins(), table("deleted", deleted, total));
            return ExitCode.OK;
        }
    }
}
