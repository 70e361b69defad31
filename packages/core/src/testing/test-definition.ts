/** A definition of two required texts, loaded by the first of them into a dataset. */
export const peopleYaml = `waybill: 1
kind: integration
key: people
name: People
direction: import
fields:
  - { name: id, type: text, required: true }
  - { name: name, type: text, required: true }
recordKey: [id]
destination: { dataset: people }
`;
