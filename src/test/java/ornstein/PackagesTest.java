package ornstein;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Packages use only those below them.
class PackagesTest {
    /// What each package may use, besides what these may use themselves and `spec`, which all may use.
    private static final Map<String, Set<String>> BELOW = Map.ofEntries(
            Map.entry("cli", Set.of("report", "sweep", "claim")),
            Map.entry("report", Set.of("claim", "sweep", "stats", "run", "ensemble")),
            Map.entry("sweep", Set.of("claim", "ensemble", "train")),
            Map.entry("claim", Set.of("ensemble", "train", "stats")),
            Map.entry("train", Set.of("method", "model", "random", "run", "stats")),
            Map.entry("ensemble", Set.of("device", "run", "stats")),
            Map.entry("tornado", Set.of("device")),
            Map.entry("device", Set.of("kernel", "run")),
            Map.entry("kernel", Set.of("method", "random")),
            Map.entry("method", Set.of("model")),
            Map.entry("model", Set.of("expr")),
            Map.entry("expr", Set.of("spec")),
            Map.entry("run", Set.of("spec")),
            Map.entry("random", Set.of("spec")),
            Map.entry("stats", Set.of("spec")),
            Map.entry("spec", Set.of()));

    @SuppressWarnings("unused") // the source of the parameters below
    private static final List<String> NAMES = BELOW.keySet().stream().sorted().toList();

    private static final JavaClasses CLASSES =
            new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests())).importPackages("ornstein");

    @ParameterizedTest
    @FieldSource("NAMES")
    void aPackageUsesOnlyThoseBelow(String name) {
        String[] above = BELOW.keySet().stream()
                .filter(other -> !other.equals(name) && !reach(name).contains(other))
                .map(PackagesTest::inside)
                .toArray(String[]::new);
        noClasses()
                .that(resideInAPackage(inside(name)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(above).as("reside above"))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void noPackagesUseEachOther() {
        slices().matching("ornstein.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void everyPackageHasItsPlace() {
        String[] inside = BELOW.keySet().stream().map(PackagesTest::inside).toArray(String[]::new);
        JavaClasses elsewhere = CLASSES.that(not(resideInAnyPackage(inside)));
        assertEquals(Set.of(), names(elsewhere.stream().map(JavaClass::getName)));
        assertTrue(CLASSES.size() > 20, "classes were not found: " + CLASSES.size());
    }

    @Test
    void everyPackageIsNullMarkedAndHasATour() {
        var without = CLASSES.stream().map(JavaClass::getPackage).filter(folder -> !isNullMarked(folder));
        assertEquals(Set.of(), names(without.map(JavaPackage::getName)));
    }

    private static Set<String> names(Stream<String> all) {
        return all.filter(name -> !name.equals("ornstein") && !name.equals(PackagesTest.class.getName()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isNullMarked(JavaPackage folder) {
        return folder.tryGetPackageInfo()
                .map(info -> info.isAnnotatedWith(NullMarked.class))
                .orElse(false);
    }

    private static String inside(String name) {
        return "ornstein." + name + "..";
    }

    private static Set<String> reach(String name) {
        Set<String> reached = new TreeSet<>(Set.of("spec"));
        for (String below : BELOW.getOrDefault(name, Set.of())) {
            reached.add(below);
            reached.addAll(reach(below));
        }
        return reached;
    }
}
