package dev.verdant.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The schema as it stands in its file, read without the codecs that were generated from it. */
final class WireSchema {
  private final Document document;

  private WireSchema(Document document) {
    this.document = document;
  }

  static WireSchema load() throws IOException, ParserConfigurationException, SAXException {
    try (InputStream in = WireSchema.class.getResourceAsStream("verdant-wire.xml")) {
      return new WireSchema(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in));
    }
  }

  /** Names of the messages by template id. */
  Map<Integer, String> messages() {
    Map<Integer, String> names = new LinkedHashMap<>();
    elements("sbe:message")
        .forEach(
            message ->
                names.put(
                    Integer.parseInt(message.getAttribute("id")), message.getAttribute("name")));
    return names;
  }

  /** Names of the values of an enumeration by their number. */
  Map<Long, String> values(String enumeration) {
    Map<Long, String> names = new LinkedHashMap<>();
    children(type(enumeration))
        .filter(child -> child.getTagName().equals("validValue"))
        .forEach(
            value ->
                names.put(
                    Long.parseLong(value.getTextContent().trim()), value.getAttribute("name")));
    return names;
  }

  /** Types of the fixed fields of a message by field name, in order. */
  Map<String, String> fields(String messageName) {
    return fields(message(messageName));
  }

  /** Types of the fields of each group of a message by field name, in order. */
  List<Map<String, String>> groups(String messageName) {
    return children(message(messageName))
        .filter(child -> child.getTagName().equals("group"))
        .map(WireSchema::fields)
        .toList();
  }

  private Element message(String name) {
    return elements("sbe:message")
        .filter(element -> element.getAttribute("name").equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> fields(Element parent) {
    Map<String, String> types = new LinkedHashMap<>();
    children(parent)
        .filter(child -> child.getTagName().equals("field"))
        .forEach(field -> types.put(field.getAttribute("name"), field.getAttribute("type")));
    return types;
  }

  /** Types of the fields of the message header by name, in order. */
  Map<String, String> headerFields() {
    Map<String, String> types = new LinkedHashMap<>();
    children(type("messageHeader"))
        .forEach(
            field -> types.put(field.getAttribute("name"), field.getAttribute("primitiveType")));
    return types;
  }

  /** Whether a type is an enumeration. */
  boolean isEnumeration(String typeName) {
    return isDeclared(typeName) && type(typeName).getTagName().equals("enum");
  }

  /** Whether a type is a set of bits. */
  boolean isSet(String typeName) {
    return isDeclared(typeName) && type(typeName).getTagName().equals("set");
  }

  /** The bits of a set that have a name. */
  int knownBits(String set) {
    return children(type(set))
        .mapToInt(choice -> 1 << Integer.parseInt(choice.getTextContent().trim()))
        .sum();
  }

  /** The primitive type behind a type's name. */
  String primitive(String typeName) {
    if (!isDeclared(typeName)) {
      return typeName;
    }
    Element type = type(typeName);
    return type.hasAttribute("encodingType")
        ? type.getAttribute("encodingType")
        : type.getAttribute("primitiveType");
  }

  private boolean isDeclared(String typeName) {
    return types().anyMatch(type -> type.getAttribute("name").equals(typeName));
  }

  private Element type(String name) {
    return types().filter(type -> type.getAttribute("name").equals(name)).findFirst().orElseThrow();
  }

  private Stream<Element> types() {
    return children((Element) document.getElementsByTagName("types").item(0));
  }

  private Stream<Element> elements(String tag) {
    return stream(document.getElementsByTagName(tag));
  }

  private static Stream<Element> children(Element parent) {
    return stream(parent.getChildNodes());
  }

  private static Stream<Element> stream(NodeList nodes) {
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(node -> node.getNodeType() == Node.ELEMENT_NODE)
        .map(Element.class::cast);
  }
}
