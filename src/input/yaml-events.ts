/** js-yaml's event parser in a module of its own, so that it is loaded when the first YAML file is read. */
export { parseEvents, YAMLException } from "js-yaml";
