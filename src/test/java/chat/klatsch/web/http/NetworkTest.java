package chat.klatsch.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "::ffff:192.0.2.7, 192.0.2.7",
        "2001:db8::7, 2001:db8:0:0:0:0:0:0",
        "[2001:db8::7], 2001:db8:0:0:0:0:0:0",
        "2001:db8:0:0:ffff:ffff:ffff:ffff, 2001:db8:0:0:0:0:0:0",
        "2001:db8:0:1::7, 2001:db8:0:1:0:0:0:0",
        "::1, 0:0:0:0:0:0:0:0",
    })
    void an_ipv4_address_and_the_64_bit_prefix_of_an_ipv6_address_is_a_network(String address, String network) {
        assertThat(Network.of(address).prefix()).isEqualTo(network);
    }
}
