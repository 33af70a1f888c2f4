package org.rankgrid.conformance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The table of rooms: who may know whom. Maven enforces it between modules, this test what Maven cannot. */
class RoomsTest {

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.rankgrid");

    /** Each room and the rooms of ours it may depend on, besides itself. */
    private static final Map<String, List<String>> ROOMS = Map.ofEntries(
            Map.entry("spi", List.of()),
            Map.entry("numerics", List.of("spi")),
            Map.entry("testkit", List.of("spi", "numerics")),
            Map.entry("data", List.of("spi")),
            Map.entry("model", List.of("spi")),
            Map.entry("factorizations", List.of("spi", "numerics")),
            Map.entry("allocators", List.of("spi", "numerics")),
            Map.entry("backends.scalar", List.of("spi")),
            Map.entry("backends.vector", List.of("spi", "backends.scalar")),
            Map.entry("backends.openblas", List.of("spi", "backends.scalar", "backends.vector")),
            Map.entry("tasks", List.of("spi", "data")),
            Map.entry("results", List.of("spi")),
            Map.entry("engine", List.of("spi", "numerics", "data", "model", "tasks", "results")));

    @TestFactory
    Stream<DynamicTest> everyRoomKnowsOnlyTheRoomsOfTheTable() {
        return ROOMS.entrySet().stream()
                .map(room -> DynamicTest.dynamicTest(
                        room.getKey(),
                        () -> classes()
                                .that()
                                .resideInAPackage(packages(room.getKey()))
                                .should()
                                .onlyDependOnClassesThat(outsideOrIn(room.getKey(), room.getValue()))
                                .check(HOUSE)));
    }

    @Test
    void thereAreNoCirclesBetweenPackages() {
        slices().matching("org.rankgrid.(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void allocatorsHaveNoInputOutputAndNoThreads() {
        noClasses()
                .that()
                .resideInAPackage("org.rankgrid.allocators..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..", "java.nio.file..", "java.nio.channels..", "java.net..", "java.util.concurrent..")
                .check(HOUSE);
    }

    @Test
    void thePluginInterfacesNeedTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage("org.rankgrid.spi..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("org.rankgrid.spi..", "java..", "org.jspecify..")
                .check(HOUSE);
    }

    @Test
    void nobodyEndsTheProcessButTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.rankgrid.cli..")
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(HOUSE);
    }

    private static DescribedPredicate<JavaClass> outsideOrIn(String room, List<String> others) {
        String[] allowed = Stream.concat(Stream.of(room), others.stream())
                .map(RoomsTest::packages)
                .toArray(String[]::new);
        return JavaClass.Predicates.resideOutsideOfPackage("org.rankgrid..")
                .or(JavaClass.Predicates.resideInAnyPackage(allowed))
                .as("reside outside rankgrid or in " + Arrays.toString(allowed));
    }

    private static String packages(String room) {
        return "org.rankgrid." + room + "..";
    }
}
