declare module '*.css?inline' {
  const style: string;
  export default style;
}
declare module '*.css';
