package chat.klatsch;

import java.util.List;

/**
 * The arguments of the program.
 *
 * @param command the first argument that is no option, or an empty string
 * @param operands the further ones
 */
record CommandLine(String command, List<String> operands, List<String> options) {
    static CommandLine of(List<String> arguments) {
        List<String> words = arguments.stream()
                .filter(argument -> !argument.startsWith("-") || argument.equals("-"))
                .toList();
        List<String> options = arguments.stream()
                .filter(argument -> argument.startsWith("-") && !argument.equals("-"))
                .toList();
        return words.isEmpty()
                ? new CommandLine("", words, options)
                : new CommandLine(words.get(0), words.subList(1, words.size()), options);
    }

    /** Makes the settings of the environment and those of the options. @throws IllegalArgumentException for an invalid one */
    void configure(ChatConfig config) {
        Settings.fromArguments(options, config.fromEnvironment());
    }

    /** Returns the only operand. @throws IllegalArgumentException if there is none or another one */
    String operand(String name) {
        if (operands.size() != 1) {
            throw new IllegalArgumentException(command + " needs one " + name + ", see --help");
        }
        return operands.get(0);
    }
}
