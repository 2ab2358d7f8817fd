package chat.klatsch.examples.shop;

import chat.klatsch.HostUser;
import jakarta.servlet.http.HttpSession;
import java.util.Map;
import java.util.Optional;

/** A customer of the shop, whom the chat knows by the same id. */
record Customer(String id, String login, String name) {
    static final Customer AGENT = new Customer("1", "sam", "Sam from support");

    private static final Map<String, Customer> ALL = Map.of(
            "anna", new Customer("17", "anna", "Anna Müller"), "ben", new Customer("18", "ben", "Ben"), "sam", AGENT);

    /** Returns the customer with this name. A real shop also checks a password. */
    static Optional<Customer> find(String login) {
        return Optional.ofNullable(login).map(ALL::get);
    }

    /** Returns the customer who has signed in to the shop. */
    static Optional<Customer> of(HttpSession session) {
        return Optional.ofNullable(session).map(known -> (Customer) known.getAttribute("customer"));
    }

    HostUser hostUser() {
        return new HostUser(id, login, name);
    }
}
