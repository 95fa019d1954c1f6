package dev.parley.http;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** Who is at the other end: the socket's peer or, behind a trusted proxy, whom the proxy names. */
final class ClientAddress {
  private static final String FORWARDED_FOR = "X-Forwarded-For";

  private final List<IpSubnetFilterRule> trusted;

  /**
   * @throws IllegalArgumentException for what is no address or network
   */
  ClientAddress(List<String> trustedProxies) {
    this.trusted = trustedProxies.stream().map(ClientAddress::rule).toList();
  }

  private static IpSubnetFilterRule rule(String network) {
    String[] parts = network.split("/", 2);
    InetAddress address =
        address(parts[0])
            .orElseThrow(() -> new IllegalArgumentException(network + " is no address or network"));
    int bits = parts.length == 2 ? Integer.parseInt(parts[1]) : address.getAddress().length * 8;
    return new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT);
  }

  private static Optional<InetAddress> address(String text) {
    return Optional.ofNullable(NetUtil.createInetAddressFromIpAddressString(text.strip()));
  }

  InetAddress of(Channel channel, HttpRequest request) {
    InetAddress client = ((InetSocketAddress) channel.remoteAddress()).getAddress();
    // A proxy may add a line of its own to those that the client made up: all of them are one list.
    String[] hops = String.join(",", request.headers().getAll(FORWARDED_FOR)).split(",");
    for (int i = hops.length - 1; i >= 0 && isProxy(client); i--) {
      Optional<InetAddress> before = address(hops[i]);
      if (before.isEmpty()) {
        break;
      }
      client = before.get();
    }
    return client;
  }

  /** Whether an address is one of those that are believed about whom they speak for. */
  boolean isProxy(InetAddress address) {
    InetSocketAddress socket = new InetSocketAddress(address, 0);
    return trusted.stream().anyMatch(rule -> rule.matches(socket));
  }
}
