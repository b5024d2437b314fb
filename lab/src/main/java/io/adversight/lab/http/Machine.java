package io.adversight.lab.http;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How others reach this machine. */
public final class Machine {
  private Machine() {}

  /** Its own names in lower case: as it calls itself, with its domain, and in the local network. */
  public static Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    try {
      InetAddress own = InetAddress.getLocalHost();
      for (String name : List.of(own.getHostName(), own.getCanonicalHostName())) {
        String lower = name.toLowerCase(Locale.ROOT);
        names.add(lower);
        names.add(lower.contains(".") ? lower.substring(0, lower.indexOf('.')) : lower + ".local");
      }
    } catch (UnknownHostException e) {
      return Set.of(); // a machine without a name is reached by its addresses
    }
    return names;
  }

  /** Its addresses in the network, those of version 4 first; without the loopback's. */
  public static List<String> addresses() {
    List<String> four = new ArrayList<>();
    List<String> six = new ArrayList<>();
    try {
      for (NetworkInterface one : each(NetworkInterface.getNetworkInterfaces())) {
        for (InetAddress address :
            one.isUp() ? each(one.getInetAddresses()) : List.<InetAddress>of()) {
          if (!address.isLoopbackAddress() && !address.isLinkLocalAddress()) {
            (address.getAddress().length == 4 ? four : six)
                .add(address.getHostAddress().replaceFirst("%.*", ""));
          }
        }
      }
    } catch (SocketException e) {
      return List.of(); // whoever started the lab knows where it runs
    }
    four.addAll(six);
    return four;
  }

  private static <T> List<T> each(Enumeration<T> all) {
    List<T> list = new ArrayList<>();
    all.asIterator().forEachRemaining(list::add);
    return list;
  }
}
