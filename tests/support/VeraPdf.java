import java.io.FileInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Holds files against standards, "3a,ua1 FILE…", for verapdf.py: a line for each pair, parted by tabs, of file, standard and each broken rule. */
class VeraPdf {
  public static void main(String[] args) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    for (String file : List.of(args).subList(1, args.length))
      for (String standard : args[0].split(","))
        System.out.println(String.join("\t", file, standard, String.join("\t", broken(file, PDFAFlavour.fromString(standard)))).strip());
  }

  private static TreeSet<String> broken(String file, PDFAFlavour standard) throws Exception {
    try (InputStream in = new FileInputStream(file);
         PDFAParser parser = Foundries.defaultInstance().createParser(in, standard);
         PDFAValidator validator = Foundries.defaultInstance().createValidator(standard, false)) {
      ValidationResult result = validator.validate(parser);
      TreeSet<String> rules = new TreeSet<>();
      for (TestAssertion each : result.getTestAssertions())
        if (each.getStatus() == TestAssertion.Status.FAILED)
          rules.add(each.getRuleId().getClause() + "-" + each.getRuleId().getTestNumber() + " " + each.getMessage().replaceAll("\\s+", " "));
      if (rules.isEmpty() && !(result.isCompliant() && result.getTotalAssertions() > 0))
        rules.add("not compliant, and no rule is named");
      return rules;
    }
  }
}
